import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { categories } from './categories.ts';
import type { Drawing } from './drawing/drawing.ts';
import type { Colour } from './drawing/palette.ts';
import { palette } from './drawing/palette.ts';
import { pictureSize, svgOf } from './drawing/pictures.ts';
import { scenes } from './drawing/scenes.ts';
import { heroAlt } from './drawing/scenes/hero.ts';
import type { Good } from './good.ts';
import { colourKey } from './good.ts';
import { goods } from './index.ts';

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

/** A picture that ought to exist: its name, size in pixels and how to draw it. */
export type PictureOrder = {
  readonly name: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly draw: () => string;
};

/** Name of the picture of a product, in one value of its pictured option if given. */
export const pictureName = (good: Good, value?: string): string =>
  value === undefined || value === pictureValues(good)[0] ? good.slug : `${good.slug}--${colourKey(value)}`;

/** The option values of a product that have a picture of their own; the first one is the product's own picture. */
export const pictureValues = (good: Good): readonly string[] =>
  good.options.find(({ name }) => name === good.picturedOption)?.values ?? [];

/** All pictures of the shop: products, their colours, categories, the home page. */
export const pictureOrders = (): readonly PictureOrder[] => [
  ...goods.flatMap((good) => [
    productOrder(good),
    ...pictureValues(good)
      .slice(1)
      .map((value) => productOrder(good, value)),
  ]),
  ...Object.entries(scenes).map(([name, { width, height, svg }]) => ({
    name,
    alt: categories.find(({ picture }) => picture === name)?.alt ?? heroAlt,
    width,
    height,
    draw: () => svg(name),
  })),
];

/** The recorded pictures by name. Throws if `pictures.json` is missing or is no JSON. */
export const readPictures = (): Readonly<Record<string, Picture>> =>
  JSON.parse(readFileSync(new URL('pictures.json', import.meta.url), 'utf8')) as Record<string, Picture>;

/** The hash under which an SVG is recorded. */
export const svgHash = (svg: string): string => createHash('sha256').update(svg).digest('hex').slice(0, 16);

const productOrder = (good: Good, value?: string): PictureOrder => {
  const name = pictureName(good, value);
  return {
    name,
    alt: value === undefined ? good.alt : `${good.title} in ${value.toLowerCase()}`,
    width: pictureSize,
    height: pictureSize,
    draw: () => svgOf(good.slug, value === undefined ? good.drawing : recoloured(good.drawing, value)),
  };
};

const recoloured = (drawing: Drawing, value: string): Drawing => {
  const key = colourKey(value);
  if (!isColour(key)) throw new RangeError(`the palette has no colour "${key}"`);
  return { ...drawing, colours: [key, ...drawing.colours.slice(1)] };
};

const isColour = (key: string): key is Colour => Object.hasOwn(palette, key);
