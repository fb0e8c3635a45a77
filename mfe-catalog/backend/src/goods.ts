import type { Picture } from '@souk/catalog-api';
import { join } from 'node:path';
import { categories } from '../goods/categories.ts';
import { readPictures, type Picture as DrawnPicture } from '../goods/picture-list.ts';
import type { Shelf } from './shelves.ts';

/** What every start needs of the default goods: their shelves and pictures. The goods themselves are in `seed.ts`. */
export interface Goods {
  readonly shelves: readonly Shelf[];
  readonly hero: Picture | undefined;
  readonly pictureFolder: string;
}

/** Reads the list of pictures. */
export function readGoods(): Goods {
  const picture = drawnPictures();
  return {
    shelves: categories.map(({ slug, title, description, picture: name }) => {
      const shown = picture(name);
      return { slug, title, description, ...(shown ? { picture: shown } : {}) };
    }),
    hero: picture('hero'),
    pictureFolder: join(import.meta.dirname, '../goods/pictures'),
  };
}

/** The drawn pictures by name. */
export function drawnPictures(): (name: string) => Picture | undefined {
  const drawn = readPictures();
  return (name) => pictureOf(drawn[name]);
}

/** The widest file of a drawing, with the others in `srcset`. A new drawing under an old name gets a new address. */
function pictureOf(drawn: DrawnPicture | undefined): Picture | undefined {
  const [widest, ...others] = drawn?.files ?? [];
  if (!drawn || !widest) return undefined;
  const address = ({ file }: { readonly file: string }) => `/api/catalog/pictures/${file}?v=${drawn.svg.slice(0, 8)}`;
  const srcset = drawn.files.map((each) => `${address(each)} ${each.width}w`).join(', ');
  const { width, height } = widest;
  return { src: address(widest), width, height, alt: drawn.alt, ...(others.length > 0 ? { srcset } : {}) };
}
