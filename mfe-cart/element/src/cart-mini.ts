import {
  CartChanged,
  ShellLocaleChanged,
  ShellPushReset,
  emit,
  listen,
  retainedStates,
} from '@souk/shared-events/browser';
import { additions, watchAdditions } from './add-item.ts';
import { getCart } from './cart-api.ts';
import css from './cart-mini.css?inline';
import { cartLabel } from './mini-words.ts';

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/**
 * Link to the cart with the number of pieces in it.
 *
 * Attribute `count`: the number shown, absent until it is known. It runs ahead of the server while something is being
 * added, and goes back when that fails.
 * @fires cart:changed when it has asked the server itself
 */
export class CartMini extends HTMLElement {
  #living = new AbortController();
  readonly #link = document.createElement('a');
  readonly #badge = document.createElement('span');
  /** What the server said last. */
  #known: number | undefined;
  /** What it had said when nothing was on its way: what it says meanwhile may or may not count an addition already. */
  #before: number | undefined;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    this.#link.href = '/cart';
    this.#badge.className = 'badge';
    this.#badge.setAttribute('aria-hidden', 'true');
    this.#link.append(bagIcon(), this.#badge);
    root.append(this.#link);
    this.#update();
  }

  connectedCallback(): void {
    this.#living = new AbortController();
    const { signal } = this.#living;
    for (const intent of ['pointerenter', 'touchstart', 'focus'])
      this.#link.addEventListener(intent, prefetchPages, { signal, passive: true });

    const refetch = () => void this.#ask(signal);
    watchAdditions(() => {
      this.#update();
      // An answer that came while something was being added was not taken.
      if (this.#known === undefined && !additions().areRunning) refetch();
    }, signal);
    const known = retainedStates().has(CartChanged.type);
    listen(
      CartChanged,
      ({ count }) => {
        this.#known = count;
        this.#update();
      },
      { signal },
    );
    listen(ShellLocaleChanged, () => this.#update(), { signal });
    listen(ShellPushReset, refetch, { signal });
    // A page that the browser kept for the way back shows the cart of that time.
    window.addEventListener('pageshow', ({ persisted }) => persisted && refetch(), { signal });
    if (!known) refetch();
  }

  disconnectedCallback(): void {
    this.#living.abort();
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const before = this.#known;
    try {
      const { count, totalCents } = await getCart(signal);
      // Whatever came in meanwhile is newer.
      const overtaken = additions().areRunning || this.#known !== before;
      if (!signal.aborted && !overtaken) emit(this, new CartChanged({ count, totalCents, currency: 'EUR' }));
    } catch {
      // The link works without its number; the next event brings it.
    }
  }

  #update(): void {
    const { areRunning, pieces } = additions();
    if (!areRunning) this.#before = this.#known;
    this.#show(areRunning && this.#before !== undefined ? this.#before + pieces : this.#known);
  }

  #show(count: number | undefined): void {
    this.#badge.hidden = !count;
    this.#badge.textContent = count === undefined ? '' : count > 99 ? '99+' : String(count);
    this.#link.setAttribute('aria-label', cartLabel(count));
    if (count === undefined) this.removeAttribute('count');
    else this.setAttribute('count', String(count));
  }
}

function prefetchPages(): void {
  // Only a head start: whoever goes there loads them properly and says so when that fails.
  import('./pages.ts').catch(() => undefined);
}

/** Built by hand, because markup in strings would need a trusted-types policy. */
function bagIcon(): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  for (const d of [
    'M5.2 8.5h13.6l1.1 11a1.4 1.4 0 0 1-1.4 1.5H5.5a1.4 1.4 0 0 1-1.4-1.5z',
    'M8.5 11V7a3.5 3.5 0 0 1 7 0v4',
  ]) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}
