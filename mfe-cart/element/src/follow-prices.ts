import type { CartLine } from '@souk/cart-api';
import type { CatalogProductChangedDetail } from '@souk/shared-events/browser';

/** What follows prices and stock. */
export interface FollowPricesOptions {
  /** What is shown. */
  readonly lines: () => readonly CartLine[];
  /** Asks the backend for the cart. */
  readonly load: () => Promise<void>;
  readonly signal: AbortSignal;
  /** @default 1000 milliseconds */
  readonly againMs?: number;
}

/** Our backend hears of a change on its own, and may do so a moment later than this page. */
const maxAsks = 5;

/** Pages that all have to ask again do not ask in the same moment: within so many milliseconds. */
const spreadMs = 3000;

/**
 * Asks for the cart again when the catalogue says that something in it costs, or counts, something else now; and once more
 * when the answer does not say so yet. Sums are the backend's alone.
 */
export function followPrices({ lines, load, signal, againMs = 1000 }: FollowPricesOptions) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let news = new Map<string, { readonly priceCents: number; readonly available: number }>();

  const isOld = ({ sku, unitPriceCents, available }: CartLine): boolean => {
    const now = news.get(sku);
    return now !== undefined && (now.priceCents !== unitPriceCents || now.available !== available);
  };
  const ask = (afterMs: number, asks: number): void => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      await load();
      if (asks > 1 && !signal.aborted && lines().some(isOld)) ask(againMs, asks - 1);
    }, afterMs);
  };
  signal.addEventListener('abort', () => clearTimeout(timer));

  return ({ products, more }: CatalogProductChangedDetail): void => {
    news = new Map([...news, ...products.flatMap(({ variants }) => variants.map((each) => [each.sku, each] as const))]);
    const isGone = products.some(
      ({ slug, variants }) => variants.length === 0 && lines().some((line) => line.slug === slug),
    );
    if (isGone || lines().some(isOld)) ask(0, maxAsks);
    else if (more && lines().length > 0) ask(Math.random() * spreadMs, 1);
  };
}
