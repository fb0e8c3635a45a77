import type { RowError } from '@souk/catalog-api';
import { subjects } from '@souk/shared-events/integration';
import type { Line } from './columns.ts';
import { plainText, slugify } from './text.ts';

/** A variant as it stands in a file. */
export interface ImportedVariant {
  readonly sku: string;
  readonly options: Readonly<Record<string, string>>;
  readonly priceCents: number;
  readonly compareAtCents?: number;
  /** Pieces on the shelf. */
  readonly quantity: number;
  readonly picture?: string;
}

/** A product as it stands in a file, before it is an event. */
export interface ImportedProduct {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly vendor: string;
  readonly category: string;
  readonly tags: readonly string[];
  readonly status: 'active' | 'archived';
  readonly options: readonly string[];
  readonly variants: readonly ImportedVariant[];
  readonly pictures: readonly { readonly src: string; readonly alt: string }[];
}

/** A row is refused with this reason. */
class BadRow extends Error {}

/** Makes one product of its rows: the first carries the text, each may carry a variant, a picture, or both. */
export function toProduct(lines: readonly Line[]): { product: ImportedProduct | undefined; errors: RowError[] } {
  const errors: RowError[] = [];
  const { line, row: first } = lines[0]!;
  if (!first.title) return { product: undefined, errors: [{ line, reason: 'the title is missing' }] };
  const slug = slugify(first.handle || first.title);
  if (!slug) return { product: undefined, errors: [{ line, reason: `"${first.handle}" makes no address` }] };

  const options = [first.option1Name, first.option2Name, first.option3Name].filter(isRealOption);
  const variants = new Map<string, ImportedVariant>();
  for (const each of lines)
    try {
      if (each !== lines[0] && isPictureOnly(each)) continue;
      const variant = toVariant(each, slug, options);
      if (variants.has(variant.sku)) throw new BadRow(`the SKU "${variant.sku}" is there twice`);
      variants.set(variant.sku, variant);
    } catch (error) {
      if (!(error instanceof BadRow)) throw error;
      errors.push({ line: each.line, reason: error.message });
    }
  if (variants.size === 0) return { product: undefined, errors };

  const pictures = lines
    .filter(({ row }) => row.picture !== '')
    .map(({ row }) => ({ src: row.picture, alt: row.pictureAlt || first.title }));
  return {
    errors,
    product: {
      slug,
      title: first.title,
      description: plainText(first.description),
      vendor: first.vendor,
      category: categoryTitle(first.category || first.type),
      tags: splitTags(first.tags),
      status: isActive(first.status, first.published) ? 'active' : 'archived',
      options,
      variants: [...variants.values()],
      pictures: [...new Map(pictures.map((picture) => [picture.src, picture])).values()],
    },
  };
}

function toVariant({ row }: Line, slug: string, optionNames: readonly string[]): ImportedVariant {
  const values = [row.option1Value, row.option2Value, row.option3Value];
  const options = Object.fromEntries(optionNames.map((name, index) => [name, values[index] ?? '']));
  const empty = optionNames.find((name) => options[name] === '');
  if (empty !== undefined) throw new BadRow(`the value of the option "${empty}" is missing`);
  const compareAtCents = row.compareAtPrice === '' ? undefined : toCents(row.compareAtPrice, 'compare-at price');
  return {
    sku: checkSku(row.sku || [slug, ...Object.values(options).map(slugify)].join('-')),
    options,
    priceCents: toCents(row.price, 'price'),
    ...(compareAtCents ? { compareAtCents } : {}),
    quantity: toQuantity(row.quantity),
    ...(row.variantPicture ? { picture: row.variantPicture } : {}),
  };
}

/** A SKU must fit into a request to the cart and, however it has to be written there, into the subject of its events. */
function checkSku(sku: string): string {
  if (sku.length <= 200 && subjects.stock(sku).length <= 255) return sku;
  throw new BadRow(`the SKU "${[...sku].slice(0, 40).join('')}…" is too long`);
}

/** A product without options has one option "Title" with the value "Default Title". */
function isRealOption(name: string): boolean {
  return name !== '' && name !== 'Title';
}

function isPictureOnly({ row }: Line): boolean {
  return row.picture !== '' && row.price === '' && row.sku === '' && row.option1Value === '';
}

function toCents(text: string, what: string): number {
  if (text === '') throw new BadRow(`the ${what} is missing`);
  if (!/^\d{1,9}([.,]\d{1,2})?$/.test(text)) throw new BadRow(`the ${what} "${text}" is no amount like 12.50`);
  const [whole, part = ''] = text.split(/[.,]/);
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** No quantity means that it is not counted: none on the shelf. */
function toQuantity(text: string): number {
  if (text === '') return 0;
  if (!/^\d{1,9}$/.test(text)) throw new BadRow(`the inventory quantity "${text}" is no whole number of 0 or more`);
  return Number(text);
}

/** Shopify's taxonomy is a path, "Home & Garden > Decor > Vases": the last part names the shelf. */
function categoryTitle(path: string): string {
  const last = path.split('>').at(-1)!.trim();
  return last === '' ? 'Other goods' : last[0]!.toUpperCase() + last.slice(1);
}

function splitTags(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
}

function isActive(status: string, published: string): boolean {
  return (status === '' || status.toLowerCase() === 'active') && published.toLowerCase() !== 'false';
}
