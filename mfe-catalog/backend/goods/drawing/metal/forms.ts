import type { MetalShape } from '../drawing.ts';
import type { Point } from '../svg.ts';

/** The vessels that are turned on a lathe and stand; trays are drawn from above. */
export type VesselShape = Exclude<MetalShape, 'tray' | 'oval-tray'>;

/** The profile of a vessel and what is worked into it, as parts of the height. */
export type Form = {
  height: number;
  tilt: number;
  open: boolean;
  bands: readonly number[];
  knots: readonly Point[];
  /** From and to of the chased petals. */
  chased: readonly [number, number];
};

/** The vessels by shape. */
export const forms: Record<VesselShape, Form> = {
  teapot: {
    height: 400,
    tilt: 0.16,
    open: false,
    bands: [0.06, 0.56, 0.6, 0.66],
    chased: [0.2, 0.42],
    knots: [
      [0, 84],
      [0.03, 90],
      [0.06, 74],
      [0.1, 86],
      [0.3, 142],
      [0.44, 140],
      [0.58, 92],
      [0.62, 74],
      [0.66, 84],
      [0.68, 78],
      [0.8, 46],
      [0.86, 16],
      [0.89, 14],
      [0.92, 20],
      [0.96, 10],
      [1, 1],
    ],
  },
  mortar: {
    height: 270,
    tilt: 0.24,
    open: true,
    bands: [0.1, 0.16, 0.5, 0.56, 0.9],
    chased: [0.24, 0.44],
    knots: [
      [0, 118],
      [0.06, 122],
      [0.12, 100],
      [0.3, 96],
      [0.7, 116],
      [0.88, 130],
      [0.93, 146],
      [1, 150],
    ],
  },
  box: {
    height: 370,
    tilt: 0.2,
    open: false,
    bands: [0.08, 0.16, 0.42, 0.47, 0.56],
    chased: [0.2, 0.38],
    knots: [
      [0, 118],
      [0.04, 126],
      [0.08, 104],
      [0.14, 116],
      [0.3, 150],
      [0.43, 152],
      [0.455, 160],
      [0.48, 152],
      [0.66, 122],
      [0.78, 60],
      [0.82, 22],
      [0.86, 14],
      [0.9, 22],
      [0.95, 18],
      [1, 1],
    ],
  },
  cezve: {
    height: 260,
    tilt: 0.24,
    open: true,
    bands: [0.72, 0.76, 0.95],
    chased: [0.2, 0.58],
    knots: [
      [0, 132],
      [0.04, 142],
      [0.2, 140],
      [0.55, 106],
      [0.74, 90],
      [0.88, 98],
      [1, 112],
    ],
  },
  burner: {
    height: 400,
    tilt: 0.18,
    open: false,
    bands: [0.06, 0.24, 0.5, 0.545],
    chased: [0.32, 0.46],
    knots: [
      [0, 104],
      [0.03, 108],
      [0.08, 60],
      [0.16, 30],
      [0.24, 40],
      [0.3, 92],
      [0.42, 134],
      [0.5, 142],
      [0.53, 148],
      [0.56, 136],
      [0.7, 112],
      [0.82, 56],
      [0.87, 20],
      [0.92, 24],
      [0.96, 14],
      [1, 1],
    ],
  },
  ewer: {
    height: 500,
    tilt: 0.14,
    open: false,
    bands: [0.07, 0.2, 0.52, 0.74, 0.8],
    chased: [0.26, 0.44],
    knots: [
      [0, 88],
      [0.02, 92],
      [0.06, 54],
      [0.12, 44],
      [0.2, 84],
      [0.34, 122],
      [0.46, 100],
      [0.56, 48],
      [0.68, 34],
      [0.78, 44],
      [0.8, 50],
      [0.82, 46],
      [0.9, 26],
      [0.94, 10],
      [0.97, 14],
      [1, 1],
    ],
  },
};
