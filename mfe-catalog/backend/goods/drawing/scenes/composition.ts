import type { Colour } from '../palette.ts';
import { palette } from '../palette.ts';
import type { Random } from '../random.ts';
import { createRandom } from '../random.ts';
import type { Sketch } from '../svg.ts';
import { createSketch, documentOf } from '../svg.ts';

/** A wide picture composed of several things. */
export type Scene = { readonly width: number; readonly height: number; readonly svg: (seed: string) => string };

/** Draws the content of a scene. */
export type Painter = (sketch: Sketch, random: Random, width: number, height: number) => string;

/** A scene of a size in units, which are its pixels. */
export const scene = (width: number, height: number, paint: Painter): Scene => ({
  width,
  height,
  svg: (seed) => {
    const sketch = createSketch();
    const body = paint(sketch, createRandom(seed), width, height);
    return documentOf(sketch, width, height, body);
  },
});

/** The named colours as hexadecimal codes. */
export const colours = (...names: Colour[]): string[] => names.map((name) => palette[name]);
