import { ChatOpen, ask, type BellNotifiedDetail } from '@souk/shared-events/browser';
import type { Notification } from '@souk/bell-api';
import { bellApi } from './api-client.ts';
import { h } from './build.ts';
import { cross } from './cross.ts';
import { canOffer, declineOffer, enablePush } from './push-client.ts';
import css from './toast.css?inline';
import { wordsOf } from './wording.ts';
import { words } from './words/index.ts';

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/** An element that has a live region for toasts. */
export interface ToastHost extends HTMLElement {
  readonly region: HTMLElement;
}

/** A toast goes by itself after so many milliseconds, unless somebody is at it. */
const staysMs = 8000;
/** A page that somebody sees but does not use lets the one that is used go first. Milliseconds. */
const unusedWaitMs = 300;
/** An open conversation notes by itself that it was read. Milliseconds. */
const chatFirstMs = 1500;
/** No other tab shows the same within this time. Milliseconds. */
const ownsMs = 10_000;

/** Shows what is new, in one tab: the one that is used. Nothing when it was seen by then, or when nobody looks. */
export async function showNews(host: ToastHost, news: BellNotifiedDetail, signal: AbortSignal): Promise<void> {
  if (document.visibilityState !== 'visible' || isShownElsewhere(news)) return;
  await pause((document.hasFocus() ? 0 : unusedWaitMs) + (news.kind === 'chat' ? chatFirstMs : 0));
  if (signal.aborted || !(await isMine(news.notificationId))) return;
  try {
    // Among the latest rather than by its id: an order that moves on replaces what was told of it, and tells again.
    const { notifications } = await bellApi.page({ limit: 5 }, signal);
    const notification = notifications.find(({ notificationId }) => notificationId === news.notificationId);
    if (notification && !notification.read) show(host, content(host, notification), signal);
  } catch {
    // The bell has its number; a toast is a courtesy.
  }
}

/** Offers messages for when the shop is closed, to who has just asked to be told of something. */
export async function showOffer(host: ToastHost, signal: AbortSignal): Promise<void> {
  if (!(await canOffer())) return;
  const yes = h('button', { type: 'button' }, words().offer.yes);
  const no = h('button', { type: 'button' }, words().offer.no);
  const text = h('p', {}, words().offer.text);
  const ways = h('div', { class: 'ways' }, yes, no);
  no.addEventListener('click', () => (declineOffer(), close(host)), { signal });
  yes.addEventListener('click', () => void enable(), { signal });
  const enable = async () => {
    const done = await enablePush().catch(() => 'failed' as const);
    text.textContent = words().offer[done];
    ways.remove();
  };
  show(host, [text, ways], signal, { stays: true });
}

function show(host: ToastHost, children: readonly Node[], signal: AbortSignal, { stays = false } = {}): void {
  const { region } = host;
  const sheets = host.shadowRoot!.adoptedStyleSheets;
  if (!sheets.includes(sheet)) sheets.push(sheet);
  const toast = h('div', { class: 'toast' }, ...children);
  const button = cross();
  toast.firstElementChild?.after(button);
  const header = host.closest('header')?.getBoundingClientRect().bottom ?? 0;
  region.style.insetBlockStart = `${Math.max(0, header) + 8}px`;
  region.replaceChildren(toast);
  button.addEventListener('click', () => close(host));
  toast.addEventListener('keydown', (event) => event.key === 'Escape' && close(host));
  signal.addEventListener('abort', () => toast.remove());
  if (!stays) leaveLater(toast);
}

/** The focus goes back to the bell when it was in what goes. */
function close(host: ToastHost): void {
  const had = host.shadowRoot?.activeElement;
  const isInside = had && host.region.contains(had);
  host.region.replaceChildren();
  if (isInside) host.shadowRoot?.querySelector('button')?.focus();
}

function leaveLater(toast: HTMLElement): void {
  const leave = () => {
    if (toast.matches(':hover, :focus-within')) setTimeout(leave, staysMs / 2);
    else toast.remove();
  };
  setTimeout(leave, staysMs);
}

function content(host: ToastHost, notification: Notification): Node[] {
  const { title, text, href } = wordsOf(notification);
  if (href !== undefined) return [h('p', {}, h('a', { href }, title)), h('p', {}, text)];
  const button = h('button', { type: 'button' }, words().read);
  button.addEventListener('click', () => {
    close(host);
    void ask(host, new ChatOpen({})).catch(() => {});
  });
  return [h('p', {}, title), h('div', { class: 'ways' }, button)];
}

/** The cart shows its prices by itself. */
function isShownElsewhere({ kind }: BellNotifiedDetail): boolean {
  return kind === 'price' && location.pathname === '/cart';
}

/** Of all tabs the first to ask has it. */
async function isMine(id: string): Promise<boolean> {
  if (!navigator.locks) return document.hasFocus();
  return new Promise((resolve) => {
    void navigator.locks.request(`souk-bell-toast:${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? pause(ownsMs) : undefined;
    });
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
