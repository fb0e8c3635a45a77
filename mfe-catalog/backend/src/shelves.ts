import type { Picture } from '@souk/catalog-api';

/** What the shop says about a category beyond its title. */
export interface Shelf {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly picture?: Picture;
}

/** The shelves that the shop knows; goods from an import may stand on others. */
export interface Shelves {
  /** Place of a shelf in the shop's own order; unknown ones come after. */
  place(slug: string): number;
  /** The shelf, or one made of its title alone. */
  describe(slug: string, title: string | undefined): Shelf;
}

/** Answers questions about shelves from their list. */
export function makeShelves(known: readonly Shelf[]): Shelves {
  const bySlug = new Map(known.map((shelf, place) => [shelf.slug, { shelf, place }]));
  return {
    place: (slug) => bySlug.get(slug)?.place ?? known.length,
    describe: (slug, title) => bySlug.get(slug)?.shelf ?? { slug, title: title ?? slug, description: '' },
  };
}
