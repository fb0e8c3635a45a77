/** So many pieces of one SKU. */
export interface StockLine {
  readonly sku: string;
  readonly quantity: number;
}

/** A line that cannot be served. */
export interface Shortage {
  readonly sku: string;
  readonly wanted: number;
  readonly available: number;
}

/** What a request for stock comes to. */
export type ReservationDecision =
  | { readonly kind: 'reserved'; readonly lines: readonly StockLine[] }
  | { readonly kind: 'rejected'; readonly shortages: readonly Shortage[] };

/**
 * All lines or none. Lines of the same SKU count together.
 * @param available pieces of a SKU that nobody has reserved; 0 for one that is not sold
 */
export function decideReservation(
  lines: readonly StockLine[],
  available: (sku: string) => number,
): ReservationDecision {
  const wanted = new Map<string, number>();
  for (const { sku, quantity } of lines) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);

  const shortages: Shortage[] = [];
  for (const [sku, quantity] of wanted)
    if (quantity > available(sku)) shortages.push({ sku, wanted: quantity, available: available(sku) });

  if (shortages.length > 0) return { kind: 'rejected', shortages };
  return { kind: 'reserved', lines: [...wanted].map(([sku, quantity]) => ({ sku, quantity })) };
}

/** What can happen to the stock of an order, as far as it says what is set aside. */
export interface ReservationEvent {
  readonly type: string;
  readonly data: { readonly lines?: readonly StockLine[] };
}

/** What is set aside for an order after one more event; undefined for nothing. */
export function evolveReservation(
  held: readonly StockLine[] | undefined,
  { type, data }: ReservationEvent,
): readonly StockLine[] | undefined {
  if (type === 'catalog.stock-reserved.v1') return data.lines;
  return type === 'catalog.stock-released.v1' ? undefined : held;
}
