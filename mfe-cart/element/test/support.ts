import { waitUntil as waitFor } from '@open-wc/testing';
import { relay } from '@souk/shared-events/browser';
import { passthrough } from 'msw';
import { setupWorker } from 'msw/browser';
import { http } from 'msw/http';
import { mockBackend } from '../../playground/mock-backend.ts';
import type { MockBackend } from '../../playground/mock-backend.ts';

let backend: MockBackend;
const worker = setupWorker();

/** Loads a built module by its name in the import map, as the shop does. */
export const loadEntry = (name: 'mini' | 'pages'): Promise<unknown> => import(`@souk/mfe-cart/${name}`);

/** A fresh backend behind the page; its pushes arrive at once. */
export async function freshBackend(): Promise<MockBackend> {
  await starting;
  sessionStorage.clear();
  backend = mockBackend({ push: (type, detail) => relay({ type, detail }) });
  worker.resetHandlers(...backend.handlers, http.get('*', passthrough));
  return backend;
}

const starting = worker.start({ quiet: true, onUnhandledRequest: 'bypass' });

/** Waits until this is so; as long as a machine at work on other things may need. */
export function waitUntil(isSo: () => unknown): Promise<void> {
  return waitFor(isSo, undefined, { timeout: 10_000 });
}

/** The element inside a shadow root whose accessible name begins with this. */
export function named<Type extends HTMLElement = HTMLElement>(host: Element, name: string, selector = '*'): Type {
  const root = host.shadowRoot!;
  for (const candidate of root.querySelectorAll<Type>(selector)) {
    const label = candidate.id && root.querySelector(`label[for="${candidate.id}"]`)?.textContent;
    const text = candidate.getAttribute('aria-label') ?? (label || candidate.textContent);
    if (text.trim().startsWith(name) && candidate.matches('a, button, input, select, h1, h2, form')) return candidate;
  }
  throw new Error(`nothing is named "${name}"`);
}

/** Types into a field as a person does. */
export function type(field: HTMLInputElement | HTMLSelectElement, value: string): void {
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

/** All text a shopper sees, white space made single. */
export function textOf(host: Element): string {
  return host.shadowRoot!.textContent.replaceAll(/\s+/g, ' ');
}
