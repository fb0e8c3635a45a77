import {
  CatalogDescribeProduct,
  CatalogProductChanged,
  ShellPushReset,
  ask,
  listen,
  type CatalogDescribeProductReply,
  type CatalogProductChangedDetail,
} from '@souk/shared-events/browser';
import { onUnmounted, shallowRef, type ShallowRef } from 'vue';

/** A product as the catalogue describes it. */
export type Product = NonNullable<CatalogDescribeProductReply['product']>;

/** What is known of a product; `unknown` when nobody could be asked, `gone` when it is not sold. */
export type Known = 'asking' | 'unknown' | 'gone' | Product;

/** Pages that all have to ask again do not ask in the same moment: within so many milliseconds. */
const spreadMs = 3000;

/** Several cards of one product ask once. */
const underWay = new Map<string, Promise<Known>>();

/** What the catalogue says of a product, now and as it changes, for as long as the component that calls this lives. */
export function useProduct(slug: string): Readonly<ShallowRef<Known>> {
  const living = new AbortController();
  const { signal } = living;
  const known = shallowRef<Known>('asking');
  let timer: ReturnType<typeof setTimeout> | undefined;
  onUnmounted(() => {
    living.abort();
    clearTimeout(timer);
  });

  async function look(): Promise<void> {
    const answer = await describe(slug);
    // What was known is better than nothing.
    if (!signal.aborted && !(answer === 'unknown' && typeof known.value === 'object')) known.value = answer;
  }
  function lookLater(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), Math.random() * spreadMs);
  }

  listen(
    CatalogProductChanged,
    ({ products, more }) => {
      const numbers = products.find((each) => each.slug === slug);
      if (!numbers) return more ? lookLater() : undefined;
      if (typeof known.value === 'object') known.value = withNumbers(known.value, numbers);
      else void look();
    },
    { signal },
  );
  listen(ShellPushReset, lookLater, { signal });
  void look();
  return known;
}

function describe(slug: string): Promise<Known> {
  const asked = underWay.get(slug);
  if (asked) return asked;
  const answer = ask(window, new CatalogDescribeProduct({ slug }))
    .then(
      ({ product }): Known => product ?? 'gone',
      (): Known => 'unknown',
    )
    .finally(() => underWay.delete(slug));
  underWay.set(slug, answer);
  return answer;
}

/** The product with the prices and the stock of now. */
export function withNumbers(
  product: Product,
  { variants }: Pick<CatalogProductChangedDetail['products'][number], 'variants'>,
): Known {
  if (variants.length === 0) return 'gone';
  const prices = variants.map(({ priceCents }) => priceCents);
  return {
    ...product,
    priceCents: Math.min(...prices),
    priceToCents: Math.max(...prices),
    available: variants.some(({ available }) => available > 0),
  };
}
