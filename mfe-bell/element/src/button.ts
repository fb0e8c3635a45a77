/**
 * `<bell-button>`: the bell in the header of every page, with the number of what is unread, as the server counts it. It is
 * small and knows no framework; the centre is loaded when somebody points at it, toasts when there is something to tell.
 *
 * Attribute `count`: the number, absent until it is known.
 */
import {
  BellChanged,
  BellNotified,
  ShellLocaleChanged,
  ShellNavigated,
  ShellPushReset,
  listen,
  retainedStates,
  type BellNotifiedDetail,
} from '@souk/shared-events/browser';
import type { Unread } from '@souk/bell-api';
import css from './button.css?inline';
import { h, icon } from './build.ts';
import { badgeText, bellLabel, cannotOpen } from './button-words.ts';
import { loadCentre } from './load-centre.ts';
import { shownOn } from './shown-on.ts';

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

const shape = 'M6 10a6 6 0 0 1 12 0v4.5l2 3.500H4l2-3.500zM10 20.500h4';

class BellButton extends HTMLElement {
  #living = new AbortController();
  #unread = 0;
  /** Of the stream; what is older is not shown. */
  #position = -1;
  readonly #button = h('button', { type: 'button', 'aria-expanded': 'false' }, icon(shape));
  readonly #badge = h('span', { class: 'badge', 'aria-hidden': 'true', hidden: '' });
  /** Where toasts are put: a live region that is there from the start. */
  readonly region: HTMLElement = h('div', { class: 'region', role: 'status' });

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    this.#button.append(this.#badge);
    root.append(this.#button, this.region);
    this.#update();
  }

  connectedCallback(): void {
    this.#living = new AbortController();
    const { signal } = this.#living;
    const see = () => void this.#see();
    for (const intent of ['pointerenter', 'focus'])
      this.#button.addEventListener(intent, () => void loadCentre().catch(() => {}), { signal });
    this.#button.addEventListener('click', () => void this.#open(), { signal });
    document.addEventListener('visibilitychange', see, { signal });
    listen(ShellLocaleChanged, () => this.#update(), { signal });
    const isKnown = retainedStates().has(BellChanged.type);
    listen(BellChanged, (news) => this.#show(news), { signal });
    listen(BellNotified, (news) => this.#tell(news), { signal });
    listen(ShellPushReset, () => void this.#ask(), { signal });
    listen(ShellNavigated, see, { signal });
    if (isKnown) see();
    else void this.#ask();
  }

  disconnectedCallback(): void {
    this.#living.abort();
  }

  #show({ unread, position }: Unread): void {
    if (position < this.#position) return;
    this.#position = position;
    this.#unread = unread;
    this.#update();
    this.setAttribute('count', `${unread}`);
  }

  #update(): void {
    this.#badge.hidden = this.#unread === 0;
    this.#badge.textContent = badgeText(this.#unread);
    this.#button.ariaLabel = bellLabel(this.#unread);
  }

  #tell(news: BellNotifiedDetail): void {
    if (shownOn(location.pathname) === news.about && !document.hidden) return void this.#see(true);
    const { signal } = this.#living;
    // Without a toast the bell still says that there is something.
    import('./toast.ts').then(({ showNews }) => showNews(this, news, signal)).catch(() => {});
  }

  /** What the page in view is about needs no number any more. */
  async #see(isNew = false): Promise<void> {
    const about = shownOn(location.pathname);
    if (about && !document.hidden && (isNew || this.#unread > 0)) await this.#ask({ about });
  }

  async #ask(seen?: { readonly about: string }): Promise<void> {
    const { signal } = this.#living;
    const headers = { 'content-type': 'application/json' };
    const post: RequestInit = { method: 'POST', headers, body: JSON.stringify(seen) };
    try {
      const answer = await fetch(`/api/bell/${seen ? 'read' : 'unread'}`, { signal, ...(seen && post) });
      if (!answer.ok) return;
      this.#show((await answer.json()) as Unread);
      if (!seen) await this.#see();
    } catch {
      // Without an answer there is no number; the next push brings it.
    }
  }

  async #open(): Promise<void> {
    try {
      const { toggle } = await loadCentre();
      this.region.replaceChildren();
      toggle(this, this.#button, this.#living.signal);
    } catch {
      this.region.textContent = cannotOpen();
    }
  }
}

if (!customElements.get('bell-button')) customElements.define('bell-button', BellButton);
