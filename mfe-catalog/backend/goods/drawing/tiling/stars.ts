import type { Point } from '../svg.ts';
import { polar } from '../svg.ts';
import type { Layout } from './grid.ts';
import { grid } from './grid.ts';
import { full, regular, rosette, starOf } from './polygons.ts';

/** Stars and rosettes, with the pieces that close the gaps between them. */
export const stars: Record<'star-cross' | 'rosette-8' | 'rosette-12' | 'rosette-10' | 'star-6', Layout> = {
  'star-cross': (area) => {
    const pitch = area.side / 4;
    const outer = pitch / 2;
    const inner = outer * 0.7654;
    return grid(area, pitch, pitch, (column, row) => {
      const centre: Point = [(column + 0.5) * pitch, (row + 0.5) * pitch];
      const cross: Point[] = [0, 1, 2, 3].flatMap((quarter) => {
        // Around the cross centre, each neighbour star gives the three corners that look towards it.
        const towards = quarter * (full / 4) + full / 8;
        const star = polar([(column + 1) * pitch, (row + 1) * pitch], pitch * Math.SQRT1_2, towards);
        return [-2, -1, 0, 1].map((k) => polar(star, k % 2 === 0 ? outer : inner, towards + Math.PI - (k * full) / 16));
      });
      return [
        { points: starOf(centre, 8, outer, inner), colour: 0 },
        { points: cross, colour: 1 },
      ];
    });
  },
  'rosette-8': (area) => {
    const pitch = area.side / 2.5;
    const apothem = pitch / 2;
    return grid(area, pitch, pitch, (column, row) => {
      const centre: Point = [(column + 0.75) * pitch, (row + 0.75) * pitch];
      const { star, petals, corners } = rosette(centre, 8, apothem, 0, 1.05);
      const gap: Point = [centre[0] + apothem, centre[1] + apothem];
      const size = apothem * (2 - Math.SQRT2);
      return [
        ...petals.map((points, index) => ({ points, colour: index % 2 === 0 ? 2 : 3 })),
        ...corners.map((points) => ({ points, colour: 1 })),
        { points: star, colour: 0 },
        { points: regular(gap, 4, size, 0), colour: 1 },
        { points: starOf(gap, 4, size * 0.72, size * 0.38, full / 8), colour: 0 },
        { points: regular(centre, 8, apothem * 0.14, full / 16), colour: 2 },
      ];
    });
  },
  'rosette-12': (area) => {
    const pitch = area.side / 2.4;
    const apothem = pitch / 2;
    const rise = pitch * (Math.sqrt(3) / 2);
    return grid(area, pitch, rise, (column, row) => {
      const centre: Point = [(column + (Math.abs(row) % 2) * 0.5 + 0.7) * pitch, (row + 0.75) * rise];
      const { star, petals, corners } = rosette(centre, 12, apothem, 0, 1.13);
      const reach = pitch / Math.sqrt(3);
      const gaps = [full / 12, full / 4].map((angle) => polar(centre, reach, angle));
      return [
        ...gaps.map((gap, index) => ({
          points: regular(gap, 3, apothem * 0.315, full / 12 + (index * full) / 6),
          colour: 3,
        })),
        ...petals.map((points, index) => ({ points, colour: index % 2 === 0 ? 2 : 0 })),
        ...corners.map((points) => ({ points, colour: 1 })),
        { points: star, colour: 0 },
        { points: regular(centre, 12, apothem * 0.2), colour: 1 },
        { points: starOf(centre, 6, apothem * 0.15, apothem * 0.08), colour: 2 },
      ];
    });
  },
  'rosette-10': (area) => {
    const apothem = area.side / 4.4;
    const stepX = 2 * apothem;
    const stepY = 2 * apothem * Math.sin((2 * full) / 10);
    return grid(area, stepX, stepY, (column, row) => {
      const shift = 2 * apothem * Math.cos((2 * full) / 10) * row;
      const centre: Point = [column * stepX + (shift % stepX) + area.side / 2 - stepX, row * stepY + area.side * 0.24];
      const { star, petals, corners } = rosette(centre, 10, apothem, 0, 1.1);
      const radius = apothem / Math.cos(Math.PI / 10);
      const next: Point = [centre[0] + stepX, centre[1]];
      const above: Point = [centre[0] + stepX * Math.cos(full / 5), centre[1] + stepY];
      const across: Point = [above[0] + stepX, above[1]];
      // The bow tie between four decagons that touch along their sides.
      const tie = (
        [
          [centre, 1],
          [next, 7],
          [next, 5],
          [across, 11],
          [above, 17],
          [centre, 3],
        ] as const
      ).map(([middle, corner]) => polar(middle, radius, (corner * full) / 20));
      return [
        { points: tie, colour: 2 },
        ...petals.map((points, index) => ({ points, colour: index % 2 === 0 ? 2 : 3 })),
        ...corners.map((points) => ({ points, colour: 1 })),
        { points: star, colour: 0 },
        { points: regular(centre, 10, apothem * 0.16), colour: 1 },
        { points: starOf(centre, 5, apothem * 0.12, apothem * 0.05, -full / 4), colour: 3 },
      ];
    });
  },
  'star-6': (area) => {
    const pitch = area.side / 4;
    const rise = pitch * (Math.sqrt(3) / 2);
    return grid(area, pitch, rise, (column, row) => {
      const centre: Point = [(column + (Math.abs(row) % 2) * 0.5 + 0.5) * pitch, (row + 0.5) * rise];
      const outer = pitch / 2;
      const inner = outer / Math.sqrt(3);
      const gaps = [full / 12, full / 4].map((angle) => polar(centre, pitch / Math.sqrt(3), angle));
      return [
        { points: starOf(centre, 6, outer, inner), colour: 0 },
        ...gaps.map((gap, index) => ({
          points: regular(gap, 3, outer * 0.5774, full / 12 + (index * full) / 6 + full / 6),
          colour: 1,
        })),
        ...gaps.flatMap((gap, index) =>
          [0, 1, 2].map((k) => {
            const towards = full / 12 + (index * full) / 6 + (k * full) / 3;
            const tip = polar(gap, outer * 0.5774, towards + full / 6);
            const other = polar(gap, outer * 0.5774, towards - full / 6);
            return { points: [tip, polar(gap, outer * 0.5774, towards), other], colour: 2 };
          }),
        ),
      ].filter(({ points }) => points.length > 2);
    });
  },
};
