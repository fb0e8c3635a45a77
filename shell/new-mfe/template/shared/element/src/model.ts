import type { Entry } from '@souk/sample-api';
import { CartChanged, emit, listen, ShellPushReset } from '@souk/shared-events/browser';
import { SampleChanged } from '../../events/sample-changed.ts';
import { sampleApi } from './api-client.ts';

/** Everything that a view shows; a new object for each change. */
export interface Shown {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly entries: readonly Entry[];
  readonly isSending: boolean;
  /** Why the last entry was not added, as a sentence; empty when all is well. */
  readonly problem: string;
  /** Pieces in the cart, as the cart tells. */
  readonly inCart: number;
}

/** What a view stands on, whatever framework it is written in. */
export interface Model {
  readonly shown: Shown;
  /** Calls back after each change. Returns the undo. */
  onChange(listener: () => void): () => void;
  /** Asks the backend again. */
  load(): void;
  /** Adds an entry and tells the page. */
  add(stars: number): void;
}

/** Lives as long as its element is in the page: `signal` ends requests and listening. */
export const createModel = (element: EventTarget, signal: AbortSignal): Model => {
  const listeners = new Set<() => void>();
  let shown: Shown = { status: 'loading', entries: [], isSending: false, problem: '', inCart: 0 };

  const show = (change: Partial<Shown>): void => {
    if (signal.aborted) return;
    shown = { ...shown, ...change };
    for (const listener of listeners) listener();
  };

  const load = async (): Promise<void> => {
    if (shown.status === 'failed') show({ status: 'loading' });
    try {
      const { entries } = await sampleApi.entries(signal);
      show({ status: 'ready', entries });
    } catch {
      // What is on the screen stays: old entries are better than none.
      if (shown.status === 'loading') show({ status: 'failed' });
    }
  };

  const add = async (stars: number): Promise<void> => {
    if (shown.isSending) return;
    show({ isSending: true, problem: '' });
    try {
      const { entries } = await sampleApi.add({ entryId: newId(), stars }, signal);
      show({ isSending: false, status: 'ready', entries });
      emit(element, new SampleChanged({ count: entries.length }));
    } catch (error) {
      show({ isSending: false, problem: (error as Error).message });
    }
  };

  listen(CartChanged, ({ count }) => show({ inCart: count }), { signal });
  // Added elsewhere: by another element, in another tab. What this one added itself it shows already.
  listen(SampleChanged, ({ count }) => void (count !== shown.entries.length && load()), { signal });
  listen(ShellPushReset, () => void load(), { signal });
  void load();

  return {
    get shown() {
      return shown;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    load: () => void load(),
    add: (stars) => void add(stars),
  };
};

/** How a view says how many entries there are. */
export const countText = (count: number): string => (count === 1 ? '1 entry' : `${count} entries`);

/** How a view shows what was given. */
export const starsText = (stars: number): string => `${'★'.repeat(stars)}${'☆'.repeat(5 - stars)} ${stars} of 5`;

/** What the form of a view was filled in with. */
export const starsIn = (form: HTMLFormElement): number => Number(new FormData(form).get('stars'));

/** What may be given. */
export const choices = [5, 4, 3, 2, 1] as const;

const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
