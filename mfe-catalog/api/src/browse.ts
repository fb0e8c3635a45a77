import { Type, type Static } from 'typebox';
import { Picture, ProductCard } from './products.ts';

/** A shelf of the shop. */
export const Category = Type.Object({
  slug: Type.String(),
  title: Type.String(),
  description: Type.String(),
  count: Type.Integer({ description: 'products in it' }),
  picture: Type.Optional(Picture),
});
export type Category = Static<typeof Category>;

/** Answer of `GET /api/catalog/categories`. */
export const CategoryList = Type.Object({ categories: Type.Array(Category) });
export type CategoryList = Static<typeof CategoryList>;

/** Answer of `GET /api/catalog/home`. */
export const Home = Type.Object({
  hero: Type.Optional(Picture),
  categories: Type.Array(Category),
  featured: Type.Array(ProductCard),
});
export type Home = Static<typeof Home>;

/** Answer of `GET /api/catalog/suggestions?q=`: where what was typed may lead. */
export const Suggestions = Type.Object({
  correctedTo: Type.Optional(Type.String({ description: 'words that are known, where those typed are not' })),
  shelves: Type.Array(Type.Object({ slug: Type.String(), title: Type.String(), count: Type.Integer() }), {
    description: 'at most three, whose titles have such a word',
  }),
  products: Type.Array(ProductCard, { description: 'at most six, the best first' }),
  total: Type.Integer({ description: 'products that a search for this finds' }),
});
export type Suggestions = Static<typeof Suggestions>;
