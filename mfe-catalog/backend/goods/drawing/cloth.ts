import { drawBolster } from './cloth/bolster.ts';
import { drawCushion } from './cloth/cushion.ts';
import { drawFolded } from './cloth/folded.ts';
import type { Maker } from './cloth/maker.ts';
import { drawPouf } from './cloth/pouf.ts';
import type { ClothShape, WeaveShape } from './drawing.ts';
import type { Random } from './random.ts';
import type { Sketch } from './svg.ts';

/** A cushion, bolster, folded cloth or pouf standing on (0, 0), with its shadow. */
export const drawCloth = (
  sketch: Sketch,
  random: Random,
  shape: ClothShape,
  weave: WeaveShape,
  colours: readonly string[],
): string => makers[shape](sketch, random, weave, colours);

const makers: Record<ClothShape, Maker> = {
  cushion: drawCushion,
  bolster: drawBolster,
  folded: drawFolded,
  pouf: drawPouf,
};
