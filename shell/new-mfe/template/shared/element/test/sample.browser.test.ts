import { expect } from '@open-wc/testing';
import { relay, retainedStates } from '@souk/shared-events/browser';
import { passthrough } from 'msw';
import { setupWorker } from 'msw/browser';
import { http } from 'msw/http';
import { mockBackend, type MockBackend } from '../../playground/mock-backend.ts';

const worker = setupWorker();
let backend: MockBackend;

before(async () => {
  await worker.start({ quiet: true });
  // Written so that only the page's import map has to know it.
  const entry = 'main';
  await import(`@souk/mfe-sample/${entry}`);
});

beforeEach(() => {
  retainedStates().clear();
  document.body.replaceChildren();
  backend = mockBackend((type, detail) => relay({ type, detail }));
  worker.resetHandlers(...backend.handlers, http.get('*', passthrough));
});

const show = (tag: string): HTMLElement => document.body.appendChild(document.createElement(tag));
const inside = <Found extends Element>(host: Element, selector: string) =>
  host.shadowRoot!.querySelector<Found>(selector);
const says = (host: Element, text: string): boolean => host.shadowRoot!.textContent!.includes(text);
const listed = (host: Element): string => inside(host, 'ul')?.textContent ?? '';

/** Resolves once it holds; each frame is looked at. */
async function until(holds: () => unknown): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`never came: ${String(holds)}; ${document.body.innerText}`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

function add(page: Element, stars: number): void {
  const select = inside<HTMLSelectElement>(page, 'select')!;
  select.value = String(stars);
  select.dispatchEvent(new Event('change', { bubbles: true }));
  inside<HTMLButtonElement>(page, 'form button')!.click();
}

describe('The page', () => {
  it('says that there is nothing yet, and is accessible.', async () => {
    const page = show('sample-page');
    await until(() => says(page, 'Nothing here yet'));
    await expect(page).to.be.accessible();
  });

  it('shows what was added, and tells the whole page.', async () => {
    const told: unknown[] = [];
    window.addEventListener('sample:changed', (event) => told.push((event as CustomEvent).detail), { once: true });
    const page = show('sample-page');
    await until(() => inside(page, 'form'));
    add(page, 4);
    await until(() => listed(page).includes('★★★★☆'));
    await until(() => told.length > 0);
    expect(told).to.deep.equal([{ count: 1 }]);
    expect(backend.entries.map(({ stars }) => stars)).to.deep.equal([4]);
    await expect(page).to.be.accessible();
  });

  it('says why an entry was not added, and takes the next one.', async () => {
    const page = show('sample-page');
    await until(() => inside(page, 'form'));
    backend.fail(1);
    add(page, 2);
    await until(() => inside(page, '[role=alert]')?.textContent?.includes('not available'));
    add(page, 2);
    await until(() => listed(page).includes('★★☆☆☆') && !inside(page, '[role=alert]'));
  });

  it('says so when its backend does not answer, and a retry brings it.', async () => {
    backend.fail(1);
    const page = show('sample-page');
    await until(() => inside(page, '[role=alert] button'));
    await expect(page).to.be.accessible();
    inside<HTMLButtonElement>(page, '[role=alert] button')!.click();
    await until(() => says(page, 'Nothing here yet'));
  });

  it('hears of what is added elsewhere, and of the cart.', async () => {
    const page = show('sample-page');
    await until(() => says(page, 'Nothing here yet'));
    backend.add(5);
    await until(() => listed(page).includes('★★★★★'));
    relay({ type: 'cart:changed', detail: { count: 3, totalCents: 2700, currency: 'EUR' } });
    await until(() => says(page, '3 in your cart'));
  });

  it('hears nothing any more once it has left the page.', async () => {
    const page = show('sample-page');
    await until(() => says(page, 'Nothing here yet'));
    page.remove();
    backend.add(5);
    document.body.append(page);
    await until(() => listed(page).includes('★★★★★'));
  });
});

describe('The badge', () => {
  it('counts what there is, from the start and as it changes.', async () => {
    backend.add(1);
    const badge = show('sample-badge');
    await until(() => says(badge, '1 entry'));
    backend.add(2);
    await until(() => says(badge, '2 entries'));
    expect(inside<HTMLAnchorElement>(badge, 'a')!.getAttribute('href')).to.equal('/sample');
    await expect(badge).to.be.accessible();
  });
});
