/** What a queue needs to know and whom it tells. */
export interface QuantityQueueOptions<Result> {
  readonly send: (sku: string, quantity: number) => Promise<Result>;
  readonly taken: (result: Result) => void;
  readonly refused: (sku: string, error: unknown) => void;
  /** Called whenever a quantity begins or ends to be on its way. */
  readonly changed: (onTheirWay: ReadonlyMap<string, number>) => void;
}

/** Sets the quantity of a line; absolute, so that only the last one counts. */
export type SetWanted = (sku: string, quantity: number) => void;

/**
 * Sends quantities with one call in flight per line: fifty clicks while it is busy become one more call with the last
 * quantity. Different lines do not wait for each other.
 */
export function quantityQueue<Result>(options: QuantityQueueOptions<Result>): SetWanted {
  const wanted = new Map<string, number>();
  const busy = new Set<string>();

  async function run(sku: string): Promise<void> {
    busy.add(sku);
    for (let quantity = wanted.get(sku); quantity !== undefined; quantity = wanted.get(sku)) {
      try {
        const result = await options.send(sku, quantity);
        if (wanted.get(sku) === quantity) wanted.delete(sku);
        options.taken(result);
      } catch (error) {
        wanted.delete(sku);
        options.refused(sku, error);
      }
      options.changed(new Map(wanted));
    }
    busy.delete(sku);
  }

  return (sku, quantity) => {
    wanted.set(sku, quantity);
    options.changed(new Map(wanted));
    if (!busy.has(sku)) void run(sku);
  };
}
