/** A page of the shop around the element under test: an address bar, links that are followed, a mocked log. */
import { waitUntil } from '@open-wc/testing';
import { setupWorker } from 'msw/browser';
import { mockLog } from '../playground/mock-log.ts';
import { mockDeployments } from '../playground/mock-deployments.ts';
import { mockSagas } from '../playground/mock-sagas.ts';
import { followLinks } from '../playground/navigation.ts';

/** The log that every test of a file talks to. */
export const log = mockLog();

/** The sagas that every test of a file looks at. */
export const sagas = mockSagas();

/** The registry that every test of a file looks at. */
export const deployments = mockDeployments();

const startedAt = location.href;
const stage = document.createElement('main');
// Room for the list and an event beside it.
stage.style.inlineSize = '1200px';
let ending = new AbortController();

/** Puts the shop around all tests of a file. */
export function useShop(): void {
  const worker = setupWorker(...log.handlers, ...sagas.handlers, ...deployments.handlers);
  before(() => worker.start({ quiet: true, onUnhandledFrame: 'bypass' }));
  beforeEach(() => {
    document.body.append(stage);
    ending = new AbortController();
    followLinks(ending.signal);
  });
  afterEach(() => {
    ending.abort();
    stage.replaceChildren();
    Object.assign(log, { mood: 'well', answer: { columns: [], rows: [] } });
    log.cut();
    log.events.length = 0;
    log.asked.length = 0;
    sagas.reset();
    deployments.reset();
    localStorage.clear();
    history.replaceState(null, '', startedAt);
  });
}

/** The page of an address. */
export function open(path: string): HTMLElement {
  history.replaceState(null, '', path);
  const [, , page = ''] = path.split(/[/?]/);
  const element = document.createElement(`ops-${page}`);
  stage.replaceChildren(element);
  return element;
}

/** Everything in the element and in the shadow roots within it that fits. */
export function all<Found extends Element = HTMLElement>(root: Element, selector: string): Found[] {
  const found: Found[] = [];
  const look = (within: ParentNode) => {
    found.push(...within.querySelectorAll<Found>(selector));
    for (const each of within.querySelectorAll('*')) if (each.shadowRoot) look(each.shadowRoot);
  };
  if (root.shadowRoot) look(root.shadowRoot);
  return found;
}

/** The only one that fits. */
export function one<Found extends Element = HTMLElement>(root: Element, selector: string): Found {
  const found = all<Found>(root, selector);
  if (found.length !== 1) throw new Error(`${found.length} of ${selector}`);
  return found[0]!;
}

/** The only one that fits, once it is there. */
export async function found<Found extends Element = HTMLElement>(root: Element, selector: string): Promise<Found> {
  await waitUntil(() => all(root, selector).length === 1, selector, { interval: 5, timeout: 5_000 });
  return one<Found>(root, selector);
}

/** Waits until something is so. */
export const until = (isSo: () => unknown, what: string): Promise<void> =>
  waitUntil(() => Boolean(isSo()), what, { interval: 5, timeout: 5_000 });

/** The button with this text. */
export function button(root: Element, name: string): HTMLButtonElement {
  const match = all<HTMLButtonElement>(root, 'button').filter((each) => textOf(each) === name);
  if (match.length !== 1) throw new Error(`${match.length} buttons “${name}”`);
  return match[0]!;
}

/** Text as a reader sees it. */
export function textOf(element: Element): string {
  return (element.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
}

/** The element that has the focus, in whatever shadow root. */
export function focused(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** A key on whatever has the focus; for the browser's own part of it, such as Enter on a link, see the journeys. */
export function press(key: string, more: KeyboardEventInit = {}): void {
  focused()?.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }),
  );
}
