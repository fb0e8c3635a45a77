import { Type, type Static } from 'typebox';

/** An image ready to be shown: pixel size of `src`, other widths in `srcset`. */
export const Picture = Type.Object({
  src: Type.String(),
  srcset: Type.Optional(Type.String()),
  width: Type.Integer({ minimum: 1, description: 'pixels' }),
  height: Type.Integer({ minimum: 1, description: 'pixels' }),
  alt: Type.String(),
});
export type Picture = Static<typeof Picture>;

/** One axis on which a product's variants differ: glaze, size, weight. */
export const ProductOption = Type.Object({ name: Type.String(), values: Type.Array(Type.String()) });
export type ProductOption = Static<typeof ProductOption>;

/** What is bought: one combination of option values. */
export const Variant = Type.Object({
  sku: Type.String(),
  options: Type.Record(Type.String(), Type.String()),
  priceCents: Type.Integer({ minimum: 0 }),
  compareAtCents: Type.Optional(Type.Integer({ minimum: 0, description: 'former price, when it was higher' })),
  currency: Type.String({ description: 'ISO 4217' }),
  available: Type.Integer({ minimum: 0, description: 'pieces that can be bought now' }),
  picture: Type.Optional(Picture),
});
export type Variant = Static<typeof Variant>;

/** `GET /api/catalog/products/<slug>` */
export const Product = Type.Object({
  slug: Type.String(),
  title: Type.String(),
  description: Type.String(),
  vendor: Type.String(),
  details: Type.Array(Type.String()),
  tags: Type.Array(Type.String()),
  category: Type.Object({ slug: Type.String(), title: Type.String() }),
  options: Type.Array(ProductOption),
  variants: Type.Array(Variant),
  pictures: Type.Array(Picture),
});
export type Product = Static<typeof Product>;

/** A product as a card in a list. */
export const ProductCard = Type.Object({
  slug: Type.String(),
  title: Type.String(),
  category: Type.Object({ slug: Type.String(), title: Type.String() }),
  priceCents: Type.Integer({ description: 'lowest price of its variants' }),
  priceToCents: Type.Integer({ description: 'highest price of its variants' }),
  currency: Type.String(),
  picture: Type.Optional(Picture),
  available: Type.Boolean({ description: 'any variant can be bought now' }),
  lowStock: Type.Boolean({ description: 'three pieces or fewer are left over all variants' }),
});
export type ProductCard = Static<typeof ProductCard>;

export const sortOrders = ['relevance', 'price-asc', 'price-desc', 'title', 'newest'] as const;
/** How a list is ordered. `relevance` without a query is the shop's own order. */
export type SortOrder = (typeof sortOrders)[number];

/** `GET /api/catalog/products`; option filters come as `option.<name>=<value>`, several values widen. */
export const ProductQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 200 })),
  category: Type.Optional(Type.String({ maxLength: 200 })),
  sort: Type.Optional(Type.Enum([...sortOrders])),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
});
export type ProductQuery = Static<typeof ProductQuery>;

/** How many products of the result carry each category and option value. */
export const Facets = Type.Object({
  categories: Type.Array(Type.Object({ slug: Type.String(), title: Type.String(), count: Type.Integer() })),
  options: Type.Array(
    Type.Object({
      name: Type.String(),
      values: Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() })),
    }),
  ),
});
export type Facets = Static<typeof Facets>;

/** Answer of `GET /api/catalog/products`. */
export const ProductList = Type.Object({
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  category: Type.Optional(Type.Object({ slug: Type.String(), title: Type.String(), description: Type.String() })),
  products: Type.Array(ProductCard),
  facets: Facets,
});
export type ProductList = Static<typeof ProductList>;
