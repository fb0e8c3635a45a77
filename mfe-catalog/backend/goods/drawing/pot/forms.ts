import type { PotShape } from '../drawing.ts';
import type { Zone } from '../painted.ts';
import type { Point } from '../svg.ts';

/** Everything but plates, which are drawn from above. */
export type TurnedShape = Exclude<PotShape, 'plate'>;

/** The profile of a pot and where it is painted, as parts of the height. */
export type Form = {
  height: number;
  tilt: number;
  knots: readonly Point[];
  zone: Zone;
  open: boolean;
  /** Where the lid lies on. */
  seam?: number;
};

/** The pots by shape. */
export const forms: Record<TurnedShape, Form> = {
  bottle: {
    height: 440,
    tilt: 0.16,
    zone: { low: 0.05, high: 0.6 },
    open: true,
    knots: [
      [0, 66],
      [0.03, 74],
      [0.26, 130],
      [0.45, 104],
      [0.6, 48],
      [0.75, 30],
      [0.92, 33],
      [1, 46],
    ],
  },
  amphora: {
    height: 430,
    tilt: 0.16,
    zone: { low: 0.1, high: 0.74 },
    open: true,
    knots: [
      [0, 62],
      [0.03, 58],
      [0.06, 52],
      [0.46, 134],
      [0.62, 138],
      [0.78, 82],
      [0.88, 58],
      [0.95, 62],
      [1, 78],
    ],
  },
  moon: {
    height: 360,
    tilt: 0.2,
    zone: { low: 0.1, high: 0.88 },
    open: true,
    knots: [
      [0, 70],
      [0.02, 74],
      [0.24, 152],
      [0.5, 182],
      [0.76, 152],
      [0.93, 84],
      [0.97, 80],
      [1, 90],
    ],
  },
  bowl: {
    height: 210,
    tilt: 0.3,
    zone: { low: 0.16, high: 0.96 },
    open: true,
    knots: [
      [0, 82],
      [0.09, 78],
      [0.14, 84],
      [0.4, 150],
      [0.75, 196],
      [1, 214],
    ],
  },
  cup: {
    height: 240,
    tilt: 0.24,
    zone: { low: 0.08, high: 0.92 },
    open: true,
    knots: [
      [0, 78],
      [0.05, 92],
      [0.35, 130],
      [0.75, 134],
      [1, 138],
    ],
  },
  tagine: {
    height: 400,
    tilt: 0.17,
    zone: { low: 0.26, high: 0.8 },
    open: false,
    seam: 0.22,
    knots: [
      [0, 130],
      [0.02, 136],
      [0.12, 196],
      [0.2, 212],
      [0.222, 208],
      [0.235, 194],
      [0.34, 168],
      [0.55, 104],
      [0.76, 52],
      [0.85, 36],
      [0.88, 44],
      [0.94, 52],
      [0.985, 36],
      [1, 2],
    ],
  },
  jar: {
    height: 400,
    tilt: 0.17,
    zone: { low: 0.08, high: 0.68 },
    open: false,
    seam: 0.735,
    knots: [
      [0, 88],
      [0.03, 96],
      [0.18, 130],
      [0.38, 152],
      [0.56, 138],
      [0.68, 108],
      [0.725, 100],
      [0.735, 112],
      [0.76, 112],
      [0.84, 84],
      [0.885, 34],
      [0.9, 20],
      [0.93, 27],
      [0.97, 28],
      [1, 2],
    ],
  },
  pitcher: {
    height: 400,
    tilt: 0.18,
    zone: { low: 0.08, high: 0.7 },
    open: true,
    knots: [
      [0, 84],
      [0.03, 90],
      [0.34, 136],
      [0.56, 118],
      [0.76, 74],
      [0.88, 68],
      [1, 88],
    ],
  },
  beaker: {
    height: 260,
    tilt: 0.24,
    zone: { low: 0.18, high: 1 },
    open: true,
    knots: [
      [0, 84],
      [0.04, 92],
      [0.4, 104],
      [1, 116],
    ],
  },
  tall: {
    height: 500,
    tilt: 0.13,
    zone: { low: 0.3, high: 0.86 },
    open: true,
    knots: [
      [0, 70],
      [0.02, 74],
      [0.5, 116],
      [0.74, 124],
      [0.9, 84],
      [0.95, 72],
      [1, 86],
    ],
  },
  pedestal: {
    height: 290,
    tilt: 0.27,
    zone: { low: 0.46, high: 0.97 },
    open: true,
    knots: [
      [0, 104],
      [0.04, 102],
      [0.16, 50],
      [0.28, 36],
      [0.38, 44],
      [0.5, 104],
      [0.72, 176],
      [1, 206],
    ],
  },
};
