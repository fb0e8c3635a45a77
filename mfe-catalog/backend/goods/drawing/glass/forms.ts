import type { GlassShape } from '../drawing.ts';
import type { Point } from '../svg.ts';

/** The profile of a glass and where its ornament lies. */
export type Form = {
  height: number;
  tilt: number;
  knots: readonly Point[];
  /** Top of the thick base, as a part of the height. */
  base: number;
  /** Count of facets across the visible half; 0 = smooth. */
  ribs: number;
  /** Lower edge of the ornament, as a part of the height. */
  low: number;
  /** Upper edge of the ornament, as a part of the height. */
  high: number;
};

/** The glasses by shape. */
export const forms: Record<GlassShape, Form> = {
  beldi: {
    height: 400,
    tilt: 0.2,
    base: 0.075,
    ribs: 11,
    low: 0.3,
    high: 0.86,
    knots: [
      [0, 92],
      [0.04, 98],
      [0.18, 96],
      [0.26, 103],
      [1, 152],
    ],
  },
  tall: {
    height: 480,
    tilt: 0.18,
    base: 0.06,
    ribs: 0,
    low: 0.22,
    high: 0.86,
    knots: [
      [0, 86],
      [0.03, 90],
      [0.14, 84],
      [0.22, 90],
      [1, 128],
    ],
  },
  waisted: {
    height: 400,
    tilt: 0.2,
    base: 0.06,
    ribs: 0,
    low: 0.56,
    high: 0.88,
    knots: [
      [0, 72],
      [0.03, 80],
      [0.08, 76],
      [0.28, 110],
      [0.56, 80],
      [0.8, 102],
      [1, 130],
    ],
  },
  tumbler: {
    height: 350,
    tilt: 0.22,
    base: 0.085,
    ribs: 0,
    low: 0.2,
    high: 0.82,
    knots: [
      [0, 118],
      [0.04, 126],
      [1, 138],
    ],
  },
  footed: {
    height: 480,
    tilt: 0.19,
    base: 0.02,
    ribs: 0,
    low: 0.56,
    high: 0.9,
    knots: [
      [0, 104],
      [0.02, 102],
      [0.05, 40],
      [0.1, 15],
      [0.2, 12],
      [0.28, 20],
      [0.31, 14],
      [0.36, 34],
      [0.5, 104],
      [0.72, 136],
      [1, 130],
    ],
  },
  faceted: {
    height: 380,
    tilt: 0.21,
    base: 0.1,
    ribs: 9,
    low: 0.22,
    high: 0.76,
    knots: [
      [0, 100],
      [0.04, 106],
      [0.72, 134],
      [0.78, 138],
      [1, 140],
    ],
  },
};
