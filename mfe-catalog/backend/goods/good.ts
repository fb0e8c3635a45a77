import type { Drawing } from './drawing/drawing.ts';
import type { CategorySlug } from './categories.ts';

/** One thing a shopper can put into the cart: a product in one choice of its options. */
export type GoodVariant = {
  /** Stock keeping unit: unique in the shop and never reused. */
  readonly sku: string;
  /** One value for each option of the product, by option name. */
  readonly options: Readonly<Record<string, string>>;
  /** Price in EUR cents, VAT included. */
  readonly priceCents: number;
  /** Pieces in the store room; 0 means sold out. */
  readonly stock: number;
};

/** An option of a product ("Glaze") with its values in the order in which a shopper should see them. */
export type GoodOption = { readonly name: string; readonly values: readonly string[] };

/** A product of the default shop. */
export type Good = {
  /** Unique in the shop; part of the product's address. */
  readonly slug: string;
  readonly title: string;
  readonly category: CategorySlug;
  /** Plain text, 80 to 600 characters. */
  readonly description: string;
  /** Short facts: material, size, origin, care. */
  readonly details: readonly string[];
  readonly tags: readonly string[];
  readonly options: readonly GoodOption[];
  /** Every combination of the options, the first one being the default choice. */
  readonly variants: readonly GoodVariant[];
  /** What the picture shows, for those who cannot see it. */
  readonly alt: string;
  /** How the picture is drawn. */
  readonly drawing: Drawing;
  /** Name of the option that has a picture for each value, if there is one. Its values are colours of the palette. */
  readonly picturedOption?: string;
};

/** A product as it is written down in the category files; `stockGoods` turns it into a `Good`. */
export type GoodSheet = Omit<Good, 'category' | 'options' | 'variants'> & {
  /** First part of every SKU of the product. */
  readonly code: string;
  /** Price in cents to which the options add; 0 if absent. */
  readonly basePriceCents?: number;
  /** Option name, then value, then the part of the price in cents that the value stands for; the parts add up. */
  readonly options: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Pieces per variant, the last option changing fastest. */
  readonly stock: readonly number[];
};

/**
 * Turns the sheets of one category into goods by combining the values of their options into variants.
 * Throws a `RangeError` if a sheet does not give exactly one stock figure for each combination.
 */
export const stockGoods = (category: CategorySlug, sheets: readonly GoodSheet[]): readonly Good[] =>
  sheets.map(({ code, options, basePriceCents = 0, stock, ...rest }) => {
    const combinations = combine(Object.entries(options));
    if (combinations.length !== stock.length) {
      throw new RangeError(`${rest.slug}: ${combinations.length} variants but ${stock.length} stock figures`);
    }
    return {
      ...rest,
      category,
      options: Object.entries(options).map(([name, values]) => ({ name, values: Object.keys(values) })),
      variants: combinations.map(({ chosen, priceCents }, index) => ({
        sku: [code, ...Object.values(chosen).map(shortCode)].join('-'),
        options: chosen,
        priceCents: basePriceCents + priceCents,
        stock: stock[index] ?? 0,
      })),
    };
  });

/** Name of the palette colour that an option value such as "Sea green" stands for. */
export const colourKey = (value: string): string => value.toLowerCase().replaceAll(' ', '-');

type Combination = { chosen: Record<string, string>; priceCents: number };

const combine = (options: readonly (readonly [string, Readonly<Record<string, number>>])[]): readonly Combination[] =>
  options.reduce<readonly Combination[]>(
    (combinations, [name, values]) =>
      combinations.flatMap(({ chosen, priceCents }) =>
        Object.entries(values).map(([value, cents]) => ({
          chosen: { ...chosen, [name]: value },
          priceCents: priceCents + cents,
        })),
      ),
    [{ chosen: {}, priceCents: 0 }],
  );

// "10 × 15 cm" becomes 10X15, "250 g" 250G, "Set of 6" S6, "Sea green" SEAG.
const shortCode = (value: string): string => {
  const words = value
    .replaceAll('×', 'x')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'cm' && word !== 'of');
  const hasNumber = words.some((word) => /\d/.test(word));
  return words
    .map((word, index) => (/\d/.test(word) ? word : word.slice(0, hasNumber || index > 0 ? 1 : 3)))
    .join('')
    .toUpperCase();
};
