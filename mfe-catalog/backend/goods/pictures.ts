import { createHash } from 'node:crypto';
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
import { pictureName, pictureValues } from './picture-list.ts';

/** A picture that ought to exist: its name, size in pixels and how to draw it. */
export type PictureOrder = {
  readonly name: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly draw: () => string;
};

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
