// Runs in the browser. Measures one event at a time from inside two nested shadow roots to one listener on the window.
import { ask, answer, CartAddItem, CartChanged, CatalogProductViewed, emit, listen } from '@souk/shared-events/browser';

/** Microseconds per event of each way, from one round. */
export interface RoundOfEvents {
  readonly raw: number;
  readonly fact: number;
  readonly state: number;
  readonly request: number;
}

declare global {
  interface Window {
    measureRound: (events: number) => Promise<RoundOfEvents>;
    checkContract: () => Promise<Record<string, boolean>>;
  }
}

const eventsPerSlice = 1000;
const source = insideTwoShadowRoots();
let heard = 0;

window.measureRound = async (events) => ({
  ...inTurn(events),
  request: await requests(Math.ceil(events / 10)),
});

/**
 * The three ways take turns in short slices, so that what disturbs the machine disturbs all of them alike; the median
 * slice counts, so that one which lost the processor in between does not.
 */
function inTurn(events: number): Omit<RoundOfEvents, 'request'> {
  const ways = { raw: rawEvents, fact: facts, state: states };
  const names = ['raw', 'fact', 'state'] as const;
  const took: Record<(typeof names)[number], number[]> = { raw: [], fact: [], state: [] };
  for (let slice = 0; slice < events / eventsPerSlice; slice++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(slice + turn) % names.length]!;
      took[name].push((ways[name](eventsPerSlice) * 1000) / eventsPerSlice);
    }
  }
  return { raw: median(took.raw), fact: median(took.fact), state: median(took.state) };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

function rawEvents(events: number): number {
  window.addEventListener('raw:product-viewed', hearRaw);
  const began = performance.now();
  for (let index = 0; index < events; index++) {
    const detail = { slug: `kilim-${index}` };
    source.dispatchEvent(new CustomEvent('raw:product-viewed', { bubbles: true, composed: true, detail }));
  }
  const took = performance.now() - began;
  window.removeEventListener('raw:product-viewed', hearRaw);
  return took;
}

function hearRaw(event: Event): void {
  heard += (event as CustomEvent<{ slug: string }>).detail.slug.length;
}

function facts(events: number): number {
  const controller = new AbortController();
  listen(CatalogProductViewed, ({ slug }) => void (heard += slug.length), { signal: controller.signal });
  const began = performance.now();
  for (let index = 0; index < events; index++) emit(source, new CatalogProductViewed({ slug: `kilim-${index}` }));
  const took = performance.now() - began;
  controller.abort();
  return took;
}

function states(events: number): number {
  const controller = new AbortController();
  listen(CartChanged, ({ count }) => void (heard += count), { signal: controller.signal });
  const began = performance.now();
  for (let index = 0; index < events; index++) {
    emit(source, new CartChanged({ count: index, totalCents: index * 100, currency: 'EUR' }));
  }
  const took = performance.now() - began;
  controller.abort();
  return took;
}

async function requests(events: number): Promise<number> {
  const controller = new AbortController();
  answer(CartAddItem, ({ quantity }) => ({ count: quantity, totalCents: 1, currency: 'EUR' }), controller);
  const began = performance.now();
  for (let index = 0; index < events; index++) await ask(source, new CartAddItem({ sku: 'ZLG-01', quantity: 1 }));
  const took = performance.now() - began;
  controller.abort();
  return (took * 1000) / events;
}

/** What only a real browser shows: errors of listeners, shadow roots, detached elements, no `eval`. */
window.checkContract = async () => {
  const errors: string[] = [];
  window.addEventListener('error', (event) => {
    errors.push(event.error?.stack ?? event.message);
    event.preventDefault();
  });
  const controller = new AbortController();
  const seen: number[] = [];
  listen(CartChanged, () => brokenListener(), controller);
  listen(CartChanged, ({ count }) => seen.push(count), controller);
  seen.length = 0;
  errors.length = 0;
  emit(source, new CartChanged({ count: 1, totalCents: 100, currency: 'EUR' }));
  emit(document.createElement('i'), new CartChanged({ count: 2, totalCents: 200, currency: 'EUR' }));
  const early = ask(document.createElement('b'), new CartAddItem({ sku: 'ZLG-01', quantity: 1 }));
  answer(CartAddItem, ({ quantity }) => ({ count: quantity, totalCents: 1, currency: 'EUR' }), controller);
  const reply = await early;
  controller.abort();
  return {
    'leaves shadow roots and detached elements': seen.join() === '1,2',
    'a listener that throws reaches window.onerror with its stack':
      errors.length === 2 && errors.every((stack) => stack.includes('/in-page.js:')),
    'a request waits for its handler': reply.count === 1,
    'details are frozen': Object.isFrozen(reply),
  };
};

function brokenListener(): never {
  throw new Error('broken on purpose');
}

function insideTwoShadowRoots(): Element {
  let parent: Element = document.body;
  for (let depth = 0; depth < 2; depth++) {
    const host = parent.appendChild(document.createElement('div'));
    const inner = document.createElement('div');
    host.attachShadow({ mode: 'open' }).append(inner);
    parent = inner;
  }
  return parent;
}
