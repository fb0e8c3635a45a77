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

/** Answer of `GET /api/catalog/suggestions?q=`: at most six products whose words begin with what was typed. */
export const Suggestions = Type.Object({
  suggestions: Type.Array(Type.Object({ slug: Type.String(), title: Type.String(), picture: Type.Optional(Picture) })),
});
export type Suggestions = Static<typeof Suggestions>;
