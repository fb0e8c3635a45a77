// What is known of the pictures without drawing them: all that a running shop needs.
import { readFileSync } from 'node:fs';
import type { Good } from './good.ts';
import { colourKey } from './good.ts';

/** A raster file of a picture, in the folder `pictures`. */
export type PictureFile = {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
};

/** A picture as `pictures.json` records it. */
export type Picture = {
  readonly alt: string;
  /** Mean colour, `#rrggbb`: a placeholder while the picture loads. */
  readonly colour: string;
  /** SHA-256 of the SVG that the files were drawn from, first 16 hexadecimal digits. */
  readonly svg: string;
  /** Largest first. */
  readonly files: readonly PictureFile[];
};

/** Name of the picture of a product, in one value of its pictured option if given. */
export const pictureName = (good: Good, value?: string): string =>
  value === undefined || value === pictureValues(good)[0] ? good.slug : `${good.slug}--${colourKey(value)}`;

/** The option values of a product that have a picture of their own; the first one is the product's own picture. */
export const pictureValues = (good: Good): readonly string[] =>
  good.options.find(({ name }) => name === good.picturedOption)?.values ?? [];

/** The recorded pictures by name. Throws if `pictures.json` is missing or is no JSON. */
export const readPictures = (): Readonly<Record<string, Picture>> =>
  JSON.parse(readFileSync(new URL('pictures.json', import.meta.url), 'utf8')) as Record<string, Picture>;
