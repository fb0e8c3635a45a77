import type { ZelligeShape } from './drawing.ts';
import { bricks } from './tiling/bricks.ts';
import type { Area, Layout, Tile } from './tiling/grid.ts';
import { hexagons } from './tiling/hexagons.ts';
import { scales } from './tiling/scales.ts';
import { stars } from './tiling/stars.ts';

/** Covers an area with tiles; those at the edge stick out. */
export const layTiles = (shape: ZelligeShape, area: Area): readonly Tile[] => layouts[shape](area);

const layouts: Record<ZelligeShape, Layout> = { ...stars, ...bricks, ...hexagons, ...scales };
