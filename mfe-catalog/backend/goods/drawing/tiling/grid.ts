import type { Point } from '../svg.ts';

/** A tile with the index of the colour it is glazed in. */
export type Tile = { readonly points: readonly Point[]; readonly colour: number };

/** What is to be covered from the corner (0, 0); `side` sets the scale: the side of a square panel of the pattern. */
export type Area = { readonly side: number; readonly width: number; readonly height: number };

/** Covers an area in one pattern. */
export type Layout = (area: Area) => Tile[];

/** Repeats a cell over an area and a little beyond, row by row. */
export const grid = (
  area: Area,
  stepX: number,
  stepY: number,
  draw: (column: number, row: number) => readonly Tile[],
): Tile[] => {
  const tiles: Tile[] = [];
  for (let row = -2; row * stepY < area.height + 2 * stepY; row++) {
    for (let column = -2; column * stepX < area.width + 2 * stepX; column++) tiles.push(...draw(column, row));
  }
  return tiles;
};
