import { CartAddItem, CartChanged, answer, emit, listen } from '@souk/shared-events/browser';
import type { CartAddItemReply } from '@souk/shared-events/browser';
import { addLine, isOutcomeUnknown, newKey } from './cart-api.ts';

/** The additions since the last moment at which none was on its way. */
export interface Additions {
  /** Whether one is on its way; while there is, the number of pieces in the cart is a guess. */
  readonly areRunning: boolean;
  /** Pieces of those that are on their way or went through. */
  readonly pieces: number;
}

const watchers = new Set<() => void>();
let running = 0;
let pieces = 0;
let newestPosition = 0;

/** Keys of additions that got no answer, by what was wanted: asked for once more, it is the same addition. */
const unanswered = new Map<string, string>();

/** How far the additions of this page are. */
export function additions(): Additions {
  return { areRunning: running > 0, pieces };
}

/** Calls back whenever {@link additions} have changed, until the signal aborts. */
export function watchAdditions(watcher: () => void, signal: AbortSignal): void {
  watchers.add(watcher);
  signal.addEventListener('abort', () => watchers.delete(watcher), { once: true });
}

/** Answers `cart:add-item` for as long as the page lives, whether a mini cart is on it or not. */
export function answerAddItem(): void {
  answer(CartAddItem, async ({ sku, quantity }): Promise<CartAddItemReply> => {
    const wish = JSON.stringify([sku, quantity]);
    const key = unanswered.get(wish) ?? newKey();
    unanswered.delete(wish);
    move(1, quantity);
    try {
      const { count, totalCents, position } = await addLine({ sku, quantity }, key);
      const reply: CartAddItemReply = { count, totalCents, currency: 'EUR' };
      // Answers can overtake each other; an older cart must not cover a newer one.
      if (position >= newestPosition) {
        newestPosition = position;
        emit(window, new CartChanged(reply));
      }
      move(-1, 0);
      return reply;
    } catch (error) {
      if (isOutcomeUnknown(error)) unanswered.set(wish, key);
      move(-1, -quantity);
      throw error;
    }
  });
  // Whoever sees what is in the cart and adds then, wants one more.
  listen(CartChanged, () => unanswered.clear());
}

function move(more: number, morePieces: number): void {
  running += more;
  pieces = running === 0 ? 0 : pieces + morePieces;
  for (const watcher of watchers) watcher();
}
