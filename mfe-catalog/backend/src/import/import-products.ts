import type { ImportReport } from '@souk/catalog-api';
import type { EventChannel } from '@souk/event-channel';
import type { Database, Projection } from '@souk/service-kit';
import type { Readable } from 'node:stream';
import { publishProduct, type ShelvedProduct } from './publish.ts';
import { readProducts } from './read-products.ts';
import { slugify } from './text.ts';
import type { ImportedProduct } from './to-product.ts';

/** Products on their way to the log at one time: enough for the channel to commit many with one write to the disk. */
const inFlight = 256;

/** More than this and the file is the problem, not its rows. */
const maxErrors = 1000;

const tooLarge = 'the product is too large: text, variants and pictures come to more than one event may hold';

/** The size given to a picture of which only the address is known; it is shown whole inside its frame. */
const assumedPictureSize = { width: 800, height: 800 };

export interface ImportOptions {
  readonly channel: EventChannel;
  readonly db: Database;
  readonly products: Projection;
}

/**
 * Takes a product CSV into the shop, as a stream. Yields the report as it grows and, last, the one with `done: true`,
 * when the shop sells what was read. Running the same file twice changes nothing.
 * @throws {NotAProductFile}
 */
export async function* importProducts(file: Readable, options: ImportOptions): AsyncGenerator<ImportReport> {
  // What was appended a moment ago must be seen, or a file that follows another would be compared with the past.
  await options.products.waitFor(await options.channel.lastPosition('catalog'), { timeoutMs: 30_000 });
  const report = { rows: 0, products: 0, published: 0, counted: 0, unchanged: 0, errors: [] as ImportReport['errors'] };
  const skus = new Map<string, string>();
  let batch: Promise<void>[] = [];

  const publish = async (product: ImportedProduct, line: number): Promise<void> => {
    try {
      const { published, counted } = await publishProduct(toShelved(product), options);
      report.counted += counted;
      if (published) report.published++;
      else if (counted === 0) report.unchanged++;
    } catch (error) {
      if ((error as { code?: string }).code !== 'too-large') throw error;
      report.errors.push({ line, reason: tooLarge });
    }
  };

  for await (const { line, rows, product, errors } of readProducts(file)) {
    report.rows += rows;
    report.errors.push(...errors.slice(0, maxErrors - report.errors.length));
    if (product) {
      report.products++;
      const refusal = alreadyTaken(product, skus, options.db);
      if (refusal) {
        report.errors.push({ line, reason: refusal });
        continue;
      }
      for (const { sku } of product.variants) skus.set(sku, product.slug);
      const publishing = publish(product, line);
      // Awaited with its batch: a failure that comes before that must not count as one that nobody looks at.
      publishing.catch(() => undefined);
      batch.push(publishing);
    }
    if (batch.length < inFlight) continue;
    await Promise.all(batch);
    batch = [];
    yield { done: false, ...report };
  }
  await Promise.all(batch);
  await options.products.waitFor(await options.channel.lastPosition('catalog'), { timeoutMs: 60_000 });
  yield { done: true, ...report };
}

/** A SKU stands for one thing: neither two products of a file nor one of the file and one of the shop may share it. */
function alreadyTaken(
  { slug, variants }: ImportedProduct,
  inFile: ReadonlyMap<string, string>,
  db: Database,
): string | undefined {
  for (const { sku } of variants) {
    const owner = inFile.get(sku) ?? db.get<{ slug: string }>('SELECT slug FROM variants WHERE sku = ?', sku)?.slug;
    if (owner !== undefined && owner !== slug) return `the SKU "${sku}" belongs to "${owner}" already`;
  }
  return undefined;
}

function toShelved(imported: ImportedProduct): ShelvedProduct {
  const { options, variants, pictures, category, ...rest } = imported;
  const alt = imported.title;
  const sources = new Map(pictures.map((picture) => [picture.src, picture]));
  for (const { picture } of variants) if (picture && !sources.has(picture)) sources.set(picture, { src: picture, alt });
  return {
    counts: new Map(variants.map(({ sku, quantity }) => [sku, quantity])),
    product: {
      ...rest,
      category: { slug: slugify(category) || 'other-goods', title: category },
      tags: [...rest.tags],
      details: [],
      options: options.map((name) => ({
        name,
        values: [...new Set(variants.map((variant) => variant.options[name]!))],
      })),
      variants: variants.map(({ quantity: _quantity, ...variant }) => ({ ...variant, currency: 'EUR' as const })),
      pictures: [...sources.values()].map((picture) => ({ ...picture, ...assumedPictureSize })),
    },
  };
}
