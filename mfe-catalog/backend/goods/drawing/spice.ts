import type { SpiceShape } from './drawing.ts';
import type { Random } from './random.ts';
import { drawBowl } from './spice/bowl.ts';
import { drawCone } from './spice/cone.ts';
import type { Sketch } from './svg.ts';

/** A heap of spice in a dish (a cone) or in a bowl, standing on (0, 0), with its shadow. */
export const drawSpice = (
  sketch: Sketch,
  random: Random,
  shape: SpiceShape,
  heap: 'cone' | 'bowl',
  colours: readonly string[],
): string => (heap === 'cone' ? drawCone(sketch, random, shape, colours) : drawBowl(sketch, random, shape, colours));
