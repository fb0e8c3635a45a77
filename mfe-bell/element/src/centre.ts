/**
 * `<bell-centre>`: what the shopper was told, newest first.
 *
 * @fires bell:changed after each change it made, with the server's number
 * @fires chat:open for an answer in the chat
 */
import { BellChanged, ChatOpen, ShellPushReset, ask, emit, listen } from '@souk/shared-events/browser';
import type { Notification, Unread } from '@souk/bell-api';
import { LitElement, html, nothing, unsafeCSS, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { bellApi } from './api-client.ts';
import css from './centre.css?inline';
import { disablePush, enablePush, pushState, type PushState } from './push-client.ts';
import { toggle } from './panel.ts';
import { ageOf, wordsOf } from './wording.ts';
import { words } from './words/index.ts';

/** Notifications of one page. */
const pageSize = 20;
/** Most that one question may bring. */
const mostAsked = 50;

class BellCentre extends LitElement {
  static override properties: PropertyDeclarations = {
    shown: { state: true },
    problem: { state: true },
    push: { state: true },
    busy: { state: true },
  };
  static override styles = unsafeCSS(css);

  declare protected shown: { readonly list: readonly Notification[]; readonly hasMore: boolean } | undefined;
  /** What did not work, for the person. */
  declare protected problem: string | undefined;
  declare protected push: PushState | undefined;
  declare protected busy: boolean;

  #living = new AbortController();
  #position = -1;
  /** Put away a moment ago: shown as such, so that it can be brought back. */
  #away = new Set<string>();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#living = new AbortController();
    const { signal } = this.#living;
    listen(BellChanged, ({ position }) => position > this.#position && void this.#load(), { signal });
    listen(ShellPushReset, () => void this.#load(), { signal });
    words.onChange(() => this.requestUpdate(), signal);
    if (!this.shown) void this.#load();
    void pushState().then((state) => (this.push = state));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#living.abort();
  }

  protected override render(): TemplateResult {
    const { shown, problem } = this;
    if (!shown && !problem) return html`<p class="state" role="status">${words().looking}</p>`;
    return html`
      ${problem ? this.#failed(problem) : nothing} ${shown ? this.#list(shown.list, shown.hasMore) : nothing}
      ${shown ? this.#offer() : nothing}
    `;
  }

  #failed(problem: string): TemplateResult {
    return html`<div class="state" role="alert">
      <p>${problem}</p>
      <button type="button" class="button" @click=${() => void this.#load()}>${words().tryAgain}</button>
    </div>`;
  }

  #list(list: readonly Notification[], hasMore: boolean): TemplateResult {
    if (list.length === 0) {
      return html`<div class="state">
        <p><strong>${words().nothingNew}</strong></p>
        <p>${words().whatFor}</p>
      </div>`;
    }
    const hasUnread = list.some(({ read, notificationId }) => !read && !this.#away.has(notificationId));
    return html`
      ${hasUnread ? html`<div class="bar"><button type="button" class="text" @click=${() => void this.#readAll()}>${words().readAll}</button></div>` : nothing}
      <ul>
        ${repeat(
          list,
          ({ notificationId }) => notificationId,
          (each) => html`<li>${this.#away.has(each.notificationId) ? this.#gone(each) : this.#item(each)}</li>`,
        )}
      </ul>
      ${
        hasMore
          ? html`<div class="bar">
              <button
                type="button"
                class="text"
                aria-disabled=${this.busy ? 'true' : nothing}
                @click=${() => void this.#older()}
              >
                ${this.busy ? words().fetching : words().older}
              </button>
            </div>`
          : nothing
      }
    `;
  }

  #item(notification: Notification): TemplateResult {
    const { at, read, kind } = notification;
    const { title, text, href } = wordsOf(notification);
    const seen = () => void this.#act(() => bellApi.read({ notificationIds: [notification.notificationId] }));
    const inside = html`<span class="title"
        >${read ? nothing : html`<span class="hidden">${words().unread} </span>`}${title}</span
      >
      <span class="text-line" dir="auto">${text}</span><time datetime=${at}>${ageOf(at, Date.now())}</time>`;
    return html`<div class="item ${read ? '' : 'unread'}">
      ${
        href === undefined
          ? html`<button
              type="button"
              class="what"
              @click=${() => (seen(), void ask(this, new ChatOpen({})).catch(() => {}))}
            >
              ${inside}
            </button>`
          : html`<a class="what" href=${href} data-kind=${kind} @click=${seen}>${inside}</a>`
      }
      <button
        type="button"
        class="icon"
        aria-label=${words().putAway(title)}
        @click=${() => void this.#putAway(notification)}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M7 7l10 10M17 7 7 17" /></svg>
      </button>
    </div>`;
  }

  #gone(notification: Notification): TemplateResult {
    return html`<div class="item away">
      <span>${words().isAway}</span>
      <button type="button" class="text undo" @click=${() => void this.#bringBack(notification)}>
        ${words().undo}
      </button>
    </div>`;
  }

  #offer(): TemplateResult | typeof nothing {
    switch (this.push) {
      case 'off':
        return html`<section class="offer" aria-labelledby="offer">
          <h3 id="offer">${words().push.heading}</h3>
          <p>${words().push.text}</p>
          <button type="button" class="button" @click=${() => void this.#enable()}>${words().push.enable}</button>
        </section>`;
      case 'on':
        return html`<section class="offer">
          <p>${words().push.enabled}</p>
          <button type="button" class="text" @click=${() => void this.#disable()}>${words().push.disable}</button>
        </section>`;
      case 'blocked':
        return html`<section class="offer">
          <p>${words().push.blocked}</p>
        </section>`;
      default:
        return nothing;
    }
  }

  async #load(): Promise<void> {
    const { signal } = this.#living;
    const limit = Math.min(mostAsked, Math.max(pageSize, this.shown?.list.length ?? 0));
    try {
      const { notifications, hasMore, unread, position } = await bellApi.page({ limit }, signal);
      if (position < this.#position) return;
      const kept = this.shown?.list.filter(({ notificationId }) => this.#away.has(notificationId)) ?? [];
      const list = [...notifications, ...kept].toSorted((a, b) => b.position - a.position);
      this.shown = { list, hasMore };
      this.problem = undefined;
      this.#announce({ unread, position });
    } catch {
      if (!signal.aborted) this.problem = words().problems.list;
    }
  }

  async #older(): Promise<void> {
    const before = this.shown?.list.at(-1)?.position;
    if (!this.shown || before === undefined || this.busy) return;
    this.busy = true;
    try {
      const { notifications, hasMore } = await bellApi.page({ limit: pageSize, before }, this.#living.signal);
      const known = new Set(this.shown.list.map(({ notificationId }) => notificationId));
      const older = notifications.filter(({ notificationId }) => !known.has(notificationId));
      this.shown = { list: [...this.shown.list, ...older], hasMore };
      this.problem = undefined;
    } catch {
      this.problem = words().problems.older;
    }
    this.busy = false;
  }

  async #readAll(): Promise<void> {
    await this.#act(() =>
      bellApi.read({ upTo: Math.max(...(this.shown?.list ?? []).map(({ position }) => position)) }),
    );
    this.#focus('.what, .icon');
  }

  async #putAway({ notificationId }: Notification): Promise<void> {
    this.#away.add(notificationId);
    this.requestUpdate();
    await this.updateComplete;
    this.#focus('.undo');
    await this.#act(
      () => bellApi.dismiss(notificationId),
      () => this.#away.delete(notificationId),
    );
  }

  async #bringBack({ notificationId }: Notification): Promise<void> {
    await this.#act(async () => {
      const answer = await bellApi.restore(notificationId);
      this.#away.delete(notificationId);
      return answer;
    });
    this.requestUpdate();
    await this.updateComplete;
    this.#focus('.what');
  }

  async #act(act: () => Promise<Unread>, undo?: () => void): Promise<void> {
    try {
      this.#announce(await act());
      this.problem = undefined;
      await this.#load();
    } catch {
      undo?.();
      this.problem = words().problems.failed;
    }
  }

  async #enable(): Promise<void> {
    try {
      this.push = await enablePush();
    } catch {
      this.problem = words().problems.subscribe;
    }
  }

  async #disable(): Promise<void> {
    try {
      await disablePush();
      this.push = 'off';
    } catch {
      this.problem = words().problems.failed;
    }
  }

  #announce({ unread, position }: Unread): void {
    this.#position = Math.max(this.#position, position);
    if (this.isConnected) emit(this, new BellChanged({ unread, position }));
  }

  #focus(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}

if (!customElements.get('bell-centre')) customElements.define('bell-centre', BellCentre);

export { toggle };
