import { steps } from '../lathe.ts';
import type { Point } from '../svg.ts';
import { polar } from '../svg.ts';
import type { Layout } from './grid.ts';
import { grid } from './grid.ts';

/** Pieces with round sides. */
export const scales: Record<'scale' | 'ogee', Layout> = {
  scale: (area) => {
    const width = area.side / 6;
    const radius = width / 2;
    // Rows from below cover the ones above, so that each shows only its rounded lower edge.
    return grid(area, width, radius, (column, row) => {
      const centre: Point = [(column + (Math.abs(row) % 2) * 0.5) * width, row * radius];
      const lower = steps(0, Math.PI, 18).map((angle) => polar(centre, radius, angle));
      const left = steps(0, Math.PI / 2, 9).map((angle) =>
        polar([centre[0] - radius, centre[1] - radius], radius, Math.PI / 2 - angle),
      );
      const right = steps(0, Math.PI / 2, 9).map((angle) =>
        polar([centre[0] + radius, centre[1] - radius], radius, Math.PI - angle),
      );
      const upper: Point[] = [...left, ...right];
      return [{ points: [...lower, ...upper], colour: [0, 0, 1, 0, 2][(((column * 3 + row * 2) % 5) + 5) % 5] ?? 0 }];
    });
  },
  ogee: (area) => {
    const width = area.side / 5;
    const height = width * 0.82;
    const flank = (centre: Point, signX: number, signY: number): Point[] =>
      steps(0, 1, 14).map((t): Point => {
        const swell = 0.25 * (1 + Math.cos(Math.PI * t));
        return [centre[0] + signX * swell * width, centre[1] + signY * t * height];
      });
    return grid(area, width, height, (column, row) => {
      const centre: Point = [(column + (Math.abs(row) % 2) * 0.5) * width, row * height];
      return [
        {
          points: [
            ...flank(centre, 1, 1),
            ...flank(centre, -1, 1).reverse(),
            ...flank(centre, -1, -1),
            ...flank(centre, 1, -1).reverse(),
          ],
          colour: 0,
        },
      ];
    });
  },
};
