import { tone } from './palette.ts';
import type { Sketch } from './svg.ts';

/** Paint of polished metal on an upright turned body: alternating reflections across its width. */
export const metalSheen = (sketch: Sketch, widest: number, metal: string): string =>
  sketch.linear(
    [-widest, 0],
    [widest, 0],
    [
      [0, tone(metal, -0.62)],
      [0.06, tone(metal, -0.2)],
      [0.13, tone(metal, 0.12)],
      [0.2, tone(metal, -0.12)],
      [0.28, tone(metal, 0.78)],
      [0.34, tone(metal, 0.52)],
      [0.4, tone(metal, 0.06)],
      [0.56, tone(metal, -0.16)],
      [0.68, tone(metal, -0.55)],
      [0.76, tone(metal, -0.36)],
      [0.84, tone(metal, 0.22)],
      [0.89, tone(metal, 0.05)],
      [0.95, tone(metal, -0.5)],
      [1, tone(metal, -0.7)],
    ],
  );
