/** A page of the shop around the element under test: an address bar, a mocked backend, and what other parts are asked. */
import { waitUntil } from '@open-wc/testing';
import { emit, ShellNavigate, ShellNavigated, answer } from '@souk/shared-events/browser';
import type { LitElement } from 'lit';
import { setupWorker } from 'msw/browser';
import { mockBackend } from '../../playground/handlers.ts';

/** The backend that every test of a file talks to. */
export const backend = mockBackend();
/** What the shell was asked, in order. */
export const navigations: { path: string; replace?: boolean }[] = [];

const startedAt = location.href;
const stage = document.createElement('main');
let ending = new AbortController();

/** Puts the shop around all tests of a file. */
export function useShop(): void {
  const worker = setupWorker(...backend.handlers);
  before(() => worker.start({ quiet: true, onUnhandledFrame: 'bypass' }));
  beforeEach(() => {
    document.body.append(stage);
    ending = new AbortController();
    answer(
      ShellNavigate,
      (asked) => {
        navigations.push(asked);
        return { path: asked.path };
      },
      { signal: ending.signal },
    );
  });
  afterEach(() => {
    ending.abort();
    stage.replaceChildren();
    Object.assign(backend, { mood: 'well', gate: undefined });
    backend.asked.length = 0;
    navigations.length = 0;
    history.replaceState(null, '', startedAt);
  });
}

/** Ends with the test. */
export const testSignal = (): AbortSignal => ending.signal;

/** As the shell does it: the address first, then word of it. */
export function go(path: string): void {
  history.replaceState(null, '', path);
  emit(window, new ShellNavigated({ path }));
}

/** The element of an address, not yet answered. */
export function open(tag: string, path: string): LitElement {
  go(path);
  const element = document.createElement(tag) as LitElement;
  stage.replaceChildren(element);
  return element;
}

/** The element of an address, with what its backend said. */
export async function opened(tag: string, path: string): Promise<LitElement> {
  const element = open(tag, path);
  await settled(element);
  return element;
}

/** Waits until nothing is on its way to the element. */
export async function settled(element: LitElement): Promise<void> {
  await element.updateComplete;
  await waitUntil(() => element.ariaBusy === null, 'it has its answer', { interval: 5 });
}

/** The only descendant of the element's shadow root that fits. */
export function find<Found extends Element = HTMLElement>(element: Element, selector: string): Found {
  const found = element.shadowRoot!.querySelectorAll<Found>(selector);
  if (found.length !== 1) throw new Error(`${found.length} of ${selector}`);
  return found[0]!;
}

/** All of them. */
export function findAll<Found extends Element = HTMLElement>(element: Element, selector: string): Found[] {
  return [...element.shadowRoot!.querySelectorAll<Found>(selector)];
}

/** Text as a reader sees it. */
export function textOf(element: Element): string {
  return (element.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
}

/** A promise and its end. */
export function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
}
