/**
 * `<chat-launcher>`: the button "Ask the shop" at the edge of every page. It is small and knows no framework; the
 * conversation is loaded when somebody points at the button, presses it, or asks for it by `chat:open`.
 *
 * @fires chat:unread-changed once, with what the server says at the start
 */
import {
  ChatMessageReceived,
  ChatOpen,
  ChatUnreadChanged,
  ShellLocaleChanged,
  ShellNavigated,
  ShellPushReset,
  answer,
  emit,
  listen,
  retainedStates,
} from '@souk/shared-events/browser';
import type { About } from '@souk/chat-api';
import { chatApi } from './api-client.ts';
import { launcherCss, launcherMarkup, speak } from './launcher-view.ts';
import { launcherWords } from './launcher-words.ts';
import { canLoadAgain, loadConversation } from './load-conversation.ts';
import { unsentOwner } from './outbox/unsent.ts';
import { showInTitle } from './show-in-title.ts';

/** Pages that end in one important button of their own: there the launcher stands in the text, not above it. */
const unhurriedPaths = ['/cart', '/checkout'];

/** Narrower than this the panel takes the whole screen and is modal. */
const narrow = '(max-width: 599px)';

/** The conversation as the launcher sees it: an element with one method, there once it is rendered. */
interface ConversationElement extends HTMLElement {
  focusMessage?(): void;
}

class ChatLauncher extends HTMLElement {
  #living = new AbortController();
  #button!: HTMLButtonElement;
  #panel!: HTMLDialogElement;
  #body!: HTMLElement;
  #unread = 0;
  /** How often a number was heard: what was asked before one that is pushed is older than it. */
  #heard = 0;

  connectedCallback(): void {
    if (!this.shadowRoot) this.#render();
    this.#living = new AbortController();
    const { signal } = this.#living;
    const prefetch = () => void loadConversation().catch(() => {});

    this.#button.addEventListener('click', () => void this.#press(), { signal });
    this.#button.addEventListener('pointerenter', prefetch, { signal });
    this.#button.addEventListener('focus', prefetch, { signal });
    this.#panel.addEventListener('keydown', (event) => event.key === 'Escape' && this.#close(event), { signal });
    this.#panel.addEventListener('cancel', (event) => this.#close(event), { signal });
    this.#part('.close').addEventListener('click', (event) => this.#close(event), { signal });

    answer(ChatOpen, async ({ about }) => this.#open(about ?? null), { signal });
    listen(ChatUnreadChanged, ({ unread }) => this.#showUnread(unread), { signal });
    listen(ChatMessageReceived, (detail) => this.#tellDelivered(detail), { signal });
    showInTitle(() => this.#unread, signal);
    listen(ShellLocaleChanged, () => speak(this.shadowRoot!), { signal });
    listen(ShellNavigated, ({ path }) => this.#arrive(path), { signal });
    listen(ShellPushReset, () => void this.#askUnread(), { signal });
    this.#arrive(location.pathname);
    void this.#sendUnsent();
    if (!retainedStates().has(ChatUnreadChanged.type)) void this.#askUnread();
  }

  disconnectedCallback(): void {
    this.#living.abort();
    this.#panel.close();
    this.#showState(false);
  }

  #render(): void {
    const root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(launcherCss);
    root.adoptedStyleSheets = [sheet];
    root.append(...launcherMarkup());
    this.#button = this.#part<HTMLButtonElement>('.launch');
    this.#panel = this.#part<HTMLDialogElement>('dialog');
    this.#body = this.#part('.body');
  }

  #part<Type extends HTMLElement>(selector: string): Type {
    return this.shadowRoot!.querySelector<Type>(selector)!;
  }

  async #press(): Promise<void> {
    await this.#open(null).catch(() => {});
  }

  /** @throws what loading throws; the panel then says so and offers to try again */
  async #open(about: About | null): Promise<{ opened: true }> {
    if (!this.#panel.open) {
      if (matchMedia(narrow).matches) this.#panel.showModal();
      else this.#panel.show();
    }
    this.#showState(true);
    await this.#fill(about);
    return { opened: true };
  }

  async #fill(about: About | null): Promise<void> {
    const { signal } = this.#living;
    if (!this.#conversation) this.#body.dataset['state'] = 'loading';
    try {
      await loadConversation();
    } catch (error) {
      if (!signal.aborted) this.#showFailure(about);
      throw error;
    }
    if (signal.aborted) return;
    this.#body.dataset['state'] = 'ready';
    const conversation = this.#conversation ?? document.createElement('chat-conversation');
    if (about) {
      conversation.setAttribute('about-kind', about.kind);
      conversation.setAttribute('about-id', about.id);
    }
    if (!conversation.isConnected) this.#part('.conversation').append(conversation);
    // Vue renders in the next microtask; before that there is nothing to put the focus on.
    await new Promise((resolve) => setTimeout(resolve));
    if (this.#panel.open) (conversation as ConversationElement).focusMessage?.();
  }

  get #conversation(): HTMLElement | null {
    return this.shadowRoot!.querySelector('chat-conversation');
  }

  #showFailure(about: About | null): void {
    this.#body.dataset['state'] = 'failed';
    const again = this.#part<HTMLButtonElement>('.again');
    again.textContent = canLoadAgain() ? launcherWords().tryAgain : launcherWords().reload;
    again.onclick = () => {
      if (canLoadAgain()) void this.#fill(about).catch(() => {});
      else location.reload();
    };
    again.focus();
  }

  /** The dialog gives the focus back to where it was, so the button has to show again before it closes. */
  #close(event?: Event): void {
    event?.preventDefault();
    this.#showState(false);
    this.#panel.close();
  }

  #showState(open: boolean): void {
    this.toggleAttribute('data-open', open);
    this.#button.setAttribute('aria-expanded', String(open));
  }

  #showUnread(unread: number): void {
    this.#heard++;
    this.#unread = unread;
    const badge = this.#part('.badge');
    badge.hidden = unread === 0;
    this.#part('.count').textContent = unread > 99 ? '99+' : String(unread);
  }

  /** An answer that has come to a page with the conversation closed has come all the same. */
  #tellDelivered({ conversationId, seq, from }: { conversationId: string; seq: number; from: string }): void {
    if (this.#conversation || this.hidden || from === 'shopper' || document.visibilityState !== 'visible') return;
    chatApi.delivered(conversationId, { upTo: seq, to: 'shopper' }).catch(() => {});
  }

  /** Who has sent something has shown intent: what an earlier page could not send goes out, without any framework. */
  async #sendUnsent(): Promise<void> {
    const owner = unsentOwner();
    if (owner === undefined) return;
    const { signal } = this.#living;
    try {
      const { sendUnsent } = await import('./outbox/send-unsent.ts');
      await sendUnsent(owner, signal);
    } catch {
      // It is kept, and the next page tries again.
    }
  }

  async #askUnread(): Promise<void> {
    const { signal } = this.#living;
    const heard = this.#heard;
    try {
      const { conversation } = await chatApi.conversation(signal);
      if (this.#heard > heard) return;
      emit(this, new ChatUnreadChanged({ unread: conversation?.unread ?? 0 }));
    } catch {
      // The number is a help, not a need: without an answer there is none.
    }
  }

  #arrive(path: string): void {
    // A modal panel would cover the page that a link in it has led to.
    if (this.#panel.matches(':modal')) this.#close();
    const [pathname = ''] = path.split(/[?#]/);
    this.toggleAttribute('data-in-flow', unhurriedPaths.includes(pathname));
    this.hidden = pathname === '/desk';
  }
}

if (!customElements.get('chat-launcher')) customElements.define('chat-launcher', ChatLauncher);
