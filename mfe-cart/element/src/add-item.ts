import { CartAddItem, CartChanged, answer, emit } from '@souk/shared-events/browser';
import type { CartAddItemReply } from '@souk/shared-events/browser';
import { addLine } from './cart-api.ts';

/** What the mini carts of a page want to know of additions. */
export interface AddItemWatcher {
  /** So many more pieces are probably in the cart now; fewer, when an addition failed. */
  expectMore(pieces: number): void;
  /** The addition went through, or not. */
  settled(outcome: { readonly added: number } | { readonly failed: string }): void;
}

const watchers = new Set<AddItemWatcher>();
let newestPosition = 0;

/** Tells a mini cart about additions until the signal aborts. */
export function watchAddItem(watcher: AddItemWatcher, signal: AbortSignal): void {
  watchers.add(watcher);
  signal.addEventListener('abort', () => watchers.delete(watcher), { once: true });
}

/** Answers `cart:add-item` for as long as the page lives, whether a mini cart is on it or not. */
export function answerAddItem(): void {
  answer(CartAddItem, async ({ sku, quantity }): Promise<CartAddItemReply> => {
    for (const watcher of watchers) watcher.expectMore(quantity);
    try {
      const { count, totalCents, position } = await addLine({ sku, quantity });
      const reply: CartAddItemReply = { count, totalCents, currency: 'EUR' };
      // Answers can overtake each other; an older cart must not cover a newer one.
      if (position >= newestPosition) {
        newestPosition = position;
        emit(window, new CartChanged(reply));
      }
      for (const watcher of watchers) watcher.settled({ added: quantity });
      return reply;
    } catch (error) {
      for (const watcher of watchers) {
        watcher.expectMore(-quantity);
        watcher.settled({ failed: error instanceof Error ? error.message : 'That did not work.' });
      }
      throw error;
    }
  });
}
