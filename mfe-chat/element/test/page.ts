/** A page with a mocked backend around the built elements. */
import { relay, retainedStates } from '@souk/shared-events/browser';
import { setupWorker } from 'msw/browser';
import { passthrough } from 'msw';
import { http } from 'msw/http';
import { mockBackend, type MockBackend } from '../../playground/mock-backend.ts';

const worker = setupWorker();
let started: Promise<unknown> | undefined;

/** A fresh mocked backend; what it pushes arrives as events on the window, as from the shell. */
export async function backend(...first: ReturnType<typeof http.get>[]): Promise<MockBackend> {
  retainedStates().clear();
  localStorage.clear();
  await emptyOutbox();
  const mocked = mockBackend((type, detail) => relay({ type, detail }));
  await (started ??= worker.start({ quiet: true }));
  worker.resetHandlers(...first, ...mocked.handlers, http.get('*', passthrough));
  return mocked;
}

/** From now on this is answered instead, with everything else as it was. */
export const answerInstead = (handler: ReturnType<typeof http.get>): void => worker.use(handler);

/** Imports an entry of the built micro frontend. */
export const load = (entry: 'launcher' | 'conversation' | 'desk'): Promise<unknown> =>
  import(`@souk/mfe-chat/${entry}`);

/** Puts an element on the page, in a box as large as the panel. */
export function show(tag: string, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  document.body.replaceChildren();
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (tag === 'chat-conversation') element.style.cssText = 'block-size: 520px; inline-size: 380px';
  document.body.append(element);
  return element;
}

/** Resolves with the first thing found that is neither null, undefined, false nor an empty list. */
export async function until<Found>(find: () => Found, what = String(find)): Promise<NonNullable<Found>> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const found = find();
    if (found && !(Array.isArray(found) && found.length === 0)) return found;
    if (performance.now() > deadline) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** First element inside a host's shadow root. */
export const inside = <Type extends HTMLElement>(host: Element, selector: string): Type | null =>
  host.shadowRoot?.querySelector<Type>(selector) ?? null;

/** All elements inside a host's shadow root. */
export const allInside = (host: Element, selector: string): HTMLElement[] => [
  ...(host.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];

/** The texts of the messages on the screen, in order. */
export const texts = (host: Element): (string | null)[] =>
  allInside(host, '.message .text').map((text) => text.textContent);

/** Types a text and presses Enter. */
export async function write(host: Element, text: string): Promise<void> {
  const box = await until(() => inside<HTMLTextAreaElement>(host, 'textarea'));
  box.value = text;
  box.dispatchEvent(new Event('input'));
  press(box, 'Enter');
}

/** Presses a key on an element. */
export function press(target: Element, key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event;
}

/** Nothing is left over from the test before. */
function emptyOutbox(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('souk-chat', 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true });
      store.createIndex('owner', 'owner');
    };
    request.onerror = () => reject(request.error ?? new Error('no database'));
    request.onsuccess = () => {
      const transaction = request.result.transaction('outbox', 'readwrite');
      transaction.objectStore('outbox').clear();
      transaction.oncomplete = () => (request.result.close(), resolve());
    };
  });
}
