import type { ZelligeShape } from './drawing.ts';
import { steps } from './lathe.ts';
import type { Point } from './svg.ts';
import { polar } from './svg.ts';

/** A tile with the index of the colour it is glazed in. */
export type Tile = { readonly points: readonly Point[]; readonly colour: number };

/** What is to be covered from the corner (0, 0); `side` sets the scale: the side of a square panel of the pattern. */
export type Area = { readonly side: number; readonly width: number; readonly height: number };

/** Covers an area with tiles; those at the edge stick out. */
export const layTiles = (shape: ZelligeShape, area: Area): readonly Tile[] => layouts[shape](area);

const full = Math.PI * 2;

const grid = (
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

const rectangle = (x: number, y: number, width: number, height: number): Point[] => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];

const regular = (centre: Point, corners: number, radius: number, turn = 0): Point[] =>
  steps(0, full, corners)
    .slice(0, -1)
    .map((angle) => polar(centre, radius, angle + turn));

const starOf = (centre: Point, points: number, outer: number, inner: number, turn = 0): Point[] =>
  steps(0, full, points * 2)
    .slice(0, -1)
    .map((angle, index) => polar(centre, index % 2 === 0 ? outer : inner, angle + turn));

/**
 * Splits a regular polygon into a rosette after Hankin: from the middle of each side two rays run inwards, those of
 * neighbouring sides meet once, and those of the next but one meet again. Gives the centre star, the petals and the corners.
 */
const rosette = (
  centre: Point,
  sides: number,
  apothem: number,
  turn: number,
  angle: number,
): { star: Point[]; petals: Point[][]; corners: Point[][] } => {
  const sector = full / sides;
  const middles = steps(0, sides - 1, sides - 1).map((index) => polar(centre, apothem, turn + index * sector));
  // The ray leaves the middle of a side at `angle` to the side; it meets the bisectors at these distances.
  const meet = (halfSector: number): number => (apothem * Math.cos(angle)) / Math.cos(angle - halfSector);
  const first = meet(sector / 2);
  const second = meet(sector);
  const inner = (index: number): Point => polar(centre, first, turn + (index + 0.5) * sector);
  const deep = (index: number): Point => polar(centre, second, turn + index * sector);
  const corner = (index: number): Point => polar(centre, apothem / Math.cos(sector / 2), turn + (index + 0.5) * sector);
  const at = (index: number): Point => middles[((index % sides) + sides) % sides] ?? centre;
  const indices = middles.map((_, index) => index);
  return {
    star: indices.flatMap((index) => [deep(index), inner(index)]),
    petals: indices.map((index) => [at(index), inner(index), deep(index), inner(index - 1)]),
    corners: indices.map((index) => [at(index), corner(index), at(index + 1), inner(index)]),
  };
};

const layouts: Record<ZelligeShape, (area: Area) => Tile[]> = {
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
