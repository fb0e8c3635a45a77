/** Address part of a category. */
export type CategorySlug =
  'zellige' | 'kilims' | 'tea-glasses' | 'lanterns' | 'ceramics' | 'spices' | 'textiles' | 'metalwork';

/** A shelf of the shop. */
export type Category = {
  readonly slug: CategorySlug;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  /** Name of the category's picture in `pictures.json`. */
  readonly picture: string;
  /** What the picture shows, for those who cannot see it. */
  readonly alt: string;
};

/** All categories, in the order in which the shop shows them. */
export const categories: readonly Category[] = [
  {
    slug: 'zellige',
    title: 'Zellige tiles',
    description: 'Glazed clay tiles cut by hand in Fez, in single shapes and in whole star patterns.',
    picture: 'category-zellige',
    alt: 'A wall of cobalt, sea green and bone zellige laid in eight-fold stars',
  },
  {
    slug: 'kilims',
    title: 'Kilim rugs',
    description: 'Flat-woven wool rugs from Anatolia and the Atlas, each a little different from its drawing.',
    picture: 'category-kilims',
    alt: 'Three kilims side by side with stepped diamonds, hooks and bands in madder, indigo and saffron',
  },
  {
    slug: 'tea-glasses',
    title: 'Tea glasses',
    description: 'Coloured and gilded glasses for mint tea, and the waisted ones for black tea.',
    picture: 'category-tea-glasses',
    alt: 'A row of coloured tea glasses with gold ornament',
  },
  {
    slug: 'lanterns',
    title: 'Lanterns',
    description: 'Pierced brass, tinned iron and coloured glass that throw their pattern on the wall.',
    picture: 'category-lanterns',
    alt: 'Four lit lanterns of pierced metal against a dark plaster wall',
  },
  {
    slug: 'ceramics',
    title: 'Ceramics',
    description: 'Thrown and painted stoneware and earthenware from Safi, Fez and Kütahya.',
    picture: 'category-ceramics',
    alt: 'Vases, a bowl and a tagine in cobalt, bone and terracotta on a shelf',
  },
  {
    slug: 'spices',
    title: 'Spices',
    description: 'Whole and ground spices of the last harvest, packed to order in small amounts.',
    picture: 'category-spices',
    alt: 'Heaps of paprika, turmeric, cumin and sumac in a row',
  },
  {
    slug: 'textiles',
    title: 'Cushions and cloth',
    description: 'Woven cushions, hammam cloths and throws in wool, cotton and cactus silk.',
    picture: 'category-textiles',
    alt: 'Three woven cushions leaning in a row',
  },
  {
    slug: 'metalwork',
    title: 'Brass and copper',
    description: 'Engraved trays, teapots and small vessels raised and chased by hand.',
    picture: 'category-metalwork',
    alt: 'An engraved brass tray with a teapot and a copper tray beside it',
  },
];
