import type { Point } from '../svg.ts';
import type { Layout, Tile } from './grid.ts';
import { grid } from './grid.ts';
import { rectangle, regular } from './polygons.ts';

/** Right-angled and slanted pieces in rows. */
export const bricks: Record<'square' | 'chequer' | 'brick' | 'herringbone' | 'zigzag' | 'plus', Layout> = {
  square: (area) => {
    const size = area.side / 6;
    return grid(area, size, size, (column, row) => [
      { points: rectangle(column * size, row * size, size, size), colour: 0 },
    ]);
  },
  chequer: (area) => {
    const size = area.side / 4;
    const reach = size / 2;
    return grid(area, size, reach, (column, row) => {
      const centre: Point = [(column + (Math.abs(row) % 2) * 0.5) * size, row * reach];
      return [{ points: regular(centre, 4, reach, 0), colour: Math.abs(row) % 2 }];
    });
  },
  brick: (area) => {
    const height = area.side / 10;
    return grid(area, height * 3, height, (column, row) => [
      {
        points: rectangle((column + (Math.abs(row) % 2) * 0.5) * height * 3, row * height, height * 3, height),
        colour: 0,
      },
    ]);
  },
  herringbone: (area) => {
    const unit = area.side / 15;
    return grid(area, unit, unit, (column, row) => {
      // Along each row the lying brick begins every sixth step, one step later in the next row.
      const phase = (((column - row) % 6) + 6) % 6;
      const mixed = (((Math.imul(column * 73 + row * 151, 2654435761) >>> 9) % 3) + 3) % 3;
      const [x, y] = [column * unit, row * unit];
      if (phase === 0) return [{ points: rectangle(x, y, 3 * unit, unit), colour: mixed }];
      return phase === 5 ? [{ points: rectangle(x, y, unit, 3 * unit), colour: mixed }] : [];
    });
  },
  zigzag: (area) => {
    const width = area.side / 8;
    const height = area.side / 13;
    return grid(area, width, height, (column, row) => {
      const [x, y] = [column * width, row * height];
      const slant = (Math.abs(column) % 2 === 0 ? 1 : -1) * width * 0.5;
      const [start, end] = slant > 0 ? [0, slant] : [-slant, 0];
      return [
        {
          points: [
            [x, y + start],
            [x + width, y + end],
            [x + width, y + end + height],
            [x, y + start + height],
          ],
          colour: ((row % 4) + 4) % 4,
        },
      ];
    });
  },
  plus: (area) => {
    const unit = area.side / 14;
    const tiles: Tile[] = [];
    const reach = Math.ceil((area.width + area.height) / unit / 2);
    for (let a = -reach; a < reach; a++) {
      for (let b = -reach; b < reach; b++) {
        const [x, y] = [(2 * a + b) * unit, (2 * b - a) * unit];
        if (x < -3 * unit || y < -3 * unit || x > area.width + 3 * unit || y > area.height + 3 * unit) continue;
        const cross: Point[] = [
          [0, -1],
          [1, -1],
          [1, 0],
          [2, 0],
          [2, 1],
          [1, 1],
          [1, 2],
          [0, 2],
          [0, 1],
          [-1, 1],
          [-1, 0],
          [0, 0],
        ];
        tiles.push({
          points: cross.map(([dx, dy]): Point => [x + dx * unit, y + dy * unit]),
          colour: (((a + 2 * b) % 4) + 4) % 4 === 0 ? 2 : Math.abs(b) % 2,
        });
      }
    }
    return tiles;
  },
};
