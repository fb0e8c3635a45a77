import type { LanternShape } from '../drawing.ts';
import type { Point } from '../svg.ts';

/** The profile of a lantern turned on a lathe, and where its skin is pierced. */
export type Form = {
  height: number;
  knots: readonly Point[];
  /** From and to, as parts of the height. */
  bands: readonly (readonly [number, number])[];
  /** Rings of holes in each band. */
  rows: number;
  /** Holes across the visible half of a ring. */
  columns: number;
};

/** The lanterns that are turned on a lathe; hexagonal ones and stars are built of panes. */
export const forms: Record<Exclude<LanternShape, 'hexagonal' | 'star'>, Form> = {
  globe: {
    height: 330,
    rows: 9,
    columns: 13,
    bands: [[0.14, 0.86]],
    knots: [
      [0, 30],
      [0.02, 52],
      [0.12, 109],
      [0.3, 153],
      [0.5, 166],
      [0.7, 152],
      [0.88, 109],
      [0.95, 76],
      [1, 42],
    ],
  },
  onion: {
    height: 400,
    rows: 10,
    columns: 12,
    bands: [[0.14, 0.72]],
    knots: [
      [0, 18],
      [0.03, 34],
      [0.09, 66],
      [0.2, 122],
      [0.36, 152],
      [0.54, 136],
      [0.7, 84],
      [0.82, 42],
      [0.93, 22],
      [1, 18],
    ],
  },
  cylinder: {
    height: 380,
    rows: 8,
    columns: 11,
    bands: [[0.12, 0.72]],
    knots: [
      [0, 136],
      [0.03, 140],
      [0.07, 126],
      [0.09, 122],
      [0.75, 122],
      [0.77, 138],
      [0.8, 138],
      [0.9, 78],
      [0.96, 34],
      [1, 22],
    ],
  },
  teardrop: {
    height: 420,
    rows: 13,
    columns: 14,
    bands: [[0.1, 0.84]],
    knots: [
      [0, 6],
      [0.04, 44],
      [0.14, 98],
      [0.28, 126],
      [0.44, 118],
      [0.62, 82],
      [0.8, 46],
      [0.93, 28],
      [1, 24],
    ],
  },
  dome: {
    height: 360,
    rows: 3,
    columns: 12,
    bands: [
      [0.12, 0.48],
      [0.58, 0.86],
    ],
    knots: [
      [0, 142],
      [0.03, 146],
      [0.08, 130],
      [0.1, 126],
      [0.5, 126],
      [0.52, 146],
      [0.55, 146],
      [0.57, 132],
      [0.72, 116],
      [0.86, 66],
      [0.94, 24],
      [1, 16],
    ],
  },
};

/** The lanterns that hang from a chain; the others stand. */
export const hanging: readonly LanternShape[] = ['globe', 'onion', 'teardrop', 'star'];
