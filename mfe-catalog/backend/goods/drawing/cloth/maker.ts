import type { WeaveShape } from '../drawing.ts';
import type { Random } from '../random.ts';
import type { Sketch } from '../svg.ts';

/** Draws one thing made of cloth, standing on (0, 0), with its shadow. */
export type Maker = (sketch: Sketch, random: Random, weave: WeaveShape, colours: readonly string[]) => string;
