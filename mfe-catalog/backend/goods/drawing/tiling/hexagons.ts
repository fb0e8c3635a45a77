import type { Point } from '../svg.ts';
import { polar } from '../svg.ts';
import type { Layout } from './grid.ts';
import { grid } from './grid.ts';
import { full, regular } from './polygons.ts';

/** Hexagons and what they fall into: lozenges and triangles. */
export const hexagons: Record<'hexagon' | 'lozenge' | 'triangle', Layout> = {
  hexagon: (area) => {
    const radius = area.side / 9;
    const width = radius * Math.sqrt(3);
    return grid(area, width, radius * 1.5, (column, row) => [
      {
        points: regular([(column + (Math.abs(row) % 2) * 0.5) * width, row * radius * 1.5], 6, radius, full / 12),
        colour: 0,
      },
    ]);
  },
  lozenge: (area) => {
    const radius = area.side / 7;
    const width = radius * Math.sqrt(3);
    return grid(area, width, radius * 1.5, (column, row) => {
      const centre: Point = [(column + (Math.abs(row) % 2) * 0.5) * width, row * radius * 1.5];
      const corner = (index: number): Point => polar(centre, radius, full / 12 + (index * full) / 6);
      return [
        { points: [centre, corner(3), corner(4), corner(5)], colour: 2 },
        { points: [centre, corner(1), corner(2), corner(3)], colour: 1 },
        { points: [centre, corner(5), corner(0), corner(1)], colour: 0 },
      ];
    });
  },
  triangle: (area) => {
    const base = area.side / 8;
    const height = base * (Math.sqrt(3) / 2);
    return grid(area, base, height, (column, row) => {
      const x = (column + (Math.abs(row) % 2) * 0.5) * base;
      const y = row * height;
      const mixed = (n: number): number =>
        (((Math.imul(column * 73 + row * 151 + n * 37, 2654435761) >>> 8) % 5) + 5) % 5;
      return [
        {
          points: [
            [x, y + height],
            [x + base, y + height],
            [x + base / 2, y],
          ],
          colour: mixed(0),
        },
        {
          points: [
            [x + base / 2, y],
            [x + base * 1.5, y],
            [x + base, y + height],
          ],
          colour: mixed(1),
        },
      ];
    });
  },
};
