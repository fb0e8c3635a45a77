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
  related: Type.Object({
    together: Type.Array(ProductCard, { description: 'set aside in the same orders, the most frequent first' }),
    similar: Type.Array(ProductCard, { description: 'in stock on the same shelf, the nearest price first' }),
  }),
});
export type Product = Static<typeof Product>;

export const sortOrders = ['relevance', 'price-asc', 'price-desc', 'title', 'newest'] as const;
/** How a list is ordered. `relevance` without a query is the shop's own order. */
export type SortOrder = (typeof sortOrders)[number];

const Slugs = Type.Array(Type.String({ maxLength: 200 }), { maxItems: 20 });

/**
 * `GET /api/catalog/products`. Several values of `category`, of `vendor` or of one option widen; different ones narrow down.
 * Option filters come as `option.<name>=<value>`.
 */
export const ProductQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 200 })),
  category: Type.Optional(Slugs),
  vendor: Type.Optional(Slugs),
  minPrice: Type.Optional(Type.Number({ minimum: 0, maximum: 1e7, description: 'lowest price of a product, in EUR' })),
  maxPrice: Type.Optional(Type.Number({ minimum: 0, maximum: 1e7, description: 'the same, EUR' })),
  inStock: Type.Optional(Type.Boolean({ description: 'only what can be bought now' })),
  sort: Type.Optional(Type.Enum([...sortOrders])),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
});
export type ProductQuery = Static<typeof ProductQuery>;

const Counted = Type.Object({ value: Type.String(), count: Type.Integer() });

/**
 * How many products each choice would give: what passes all filters but those of its own facet. What is chosen is told
 * even where it counts none.
 */
export const Facets = Type.Object({
  categories: Type.Array(Type.Object({ slug: Type.String(), title: Type.String(), count: Type.Integer() })),
  vendors: Type.Array(Counted),
  prices: Type.Array(
    Type.Object({
      fromCents: Type.Integer(),
      toCents: Type.Optional(Type.Integer({ description: 'the highest amount of the range; open without' })),
      count: Type.Integer(),
    }),
    { description: 'ranges of the lowest price; each product is in one' },
  ),
  inStock: Type.Integer(),
  options: Type.Array(Type.Object({ name: Type.String(), values: Type.Array(Counted) })),
});
export type Facets = Static<typeof Facets>;

/** Ways on from an empty list. */
export const ListHelp = Type.Object({
  without: Type.Array(
    Type.Object({
      filter: Type.String({ description: '`category`, `vendor`, `price`, `inStock` or `option.<name>`' }),
      count: Type.Integer({ description: 'products when it is taken away' }),
    }),
  ),
  words: Type.Array(
    Type.Object({ word: Type.String(), count: Type.Integer({ description: 'products with it alone' }) }),
  ),
  shelves: Type.Array(Type.Object({ slug: Type.String(), title: Type.String(), count: Type.Integer() })),
});
export type ListHelp = Static<typeof ListHelp>;

/** Answer of `GET /api/catalog/products`. */
export const ProductList = Type.Object({
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  category: Type.Optional(Type.Object({ slug: Type.String(), title: Type.String(), description: Type.String() })),
  correctedTo: Type.Optional(
    Type.String({ description: 'the words that were searched for instead: nothing has those that were asked for' }),
  ),
  products: Type.Array(ProductCard),
  facets: Facets,
  help: Type.Optional(ListHelp),
});
export type ProductList = Static<typeof ProductList>;
