import { expect, fixture } from '@open-wc/testing';
import { ShellLocaleChanged, emit, english, relay, retainedStates } from '@souk/shared-events/browser';
import type { MockBackend } from '../../playground/mock-backend.ts';
import { freshBackend, loadEntry, named, textOf, type, waitUntil } from './support.ts';

await loadEntry('pages');

let backend: MockBackend;

beforeEach(async () => {
  backend = await freshBackend();
  retainedStates().clear();
});

async function open(): Promise<HTMLElement> {
  const page = await fixture<HTMLElement>('<cart-page></cart-page>');
  await waitUntil(() => page.shadowRoot!.querySelector('.lines, .empty, .failed'));
  return page;
}

const field = (page: Element, title: string) => named<HTMLInputElement>(page, `Quantity of ${title}`, 'input');
const settled = (page: Element) => waitUntil(() => !page.shadowRoot!.querySelector('[aria-busy=true]'));
const puts = () => backend.calls.filter((call) => call.startsWith('PUT'));

it('shows the lines, and what it all costs with delivery and VAT', async () => {
  backend.put('fes-star', 2);
  const page = await open();
  expect(field(page, 'Fes star zellige').value).to.equal('2');
  const text = textOf(page);
  for (const part of ['Cobalt, 10 × 10 cm', '€29.00', 'Delivery €5.90', 'Total €34.90', 'VAT of €5.57', '€31.00 more'])
    expect(text).to.contain(part);
  await expect(page).to.be.accessible();
});

it('makes one call of many clicks while one is on its way, and shows no sum that it does not know', async () => {
  backend.put('fes-star', 1);
  const page = await open();
  const answered = Promise.withResolvers<void>();
  backend.hold(answered.promise);
  for (let clicks = 0; clicks < 10; clicks++) named(page, 'One more of Fes star', 'button').click();
  await waitUntil(() => field(page, 'Fes star').value === '11');
  expect(textOf(page)).to.contain('Total …');
  answered.resolve();
  await settled(page);
  expect(puts()).to.have.length(2);
  expect(backend.cart().count).to.equal(11);
  expect(textOf(page)).to.contain('€159.50');
});

it('says how many are left when there are fewer than wanted, and goes back', async () => {
  backend.put('tea-glass', 2);
  const page = await open();
  type(field(page, 'Beldi'), '8');
  await waitUntil(() => textOf(page).includes('Only 3 left.'));
  expect(field(page, 'Beldi').value).to.equal('2');
});

it('removes a line, keeps the focus in the list and brings the line back on Undo', async () => {
  backend.put('fes-star', 2);
  backend.put('lantern', 1);
  const page = await open();
  named(page, 'Remove Fes star', 'button').click();
  await waitUntil(() => backend.cart().count === 1);
  const root = page.shadowRoot!;
  expect(root.activeElement?.getAttribute('aria-label')).to.contain('Remove Pierced brass lantern');
  expect(root.querySelector('[role=status]')?.textContent).to.contain('Fes star zellige removed');
  named(page, 'Undo', 'button').click();
  await waitUntil(() => backend.cart().count === 3);
  await settled(page);
  expect(field(page, 'Fes star').value).to.equal('2');
});

it('leaves the focus on the button that takes the last one too many away, and takes no more', async () => {
  backend.put('fes-star', 2);
  const page = await open();
  const less = named<HTMLButtonElement>(page, 'One less of Fes star', 'button');
  less.focus();
  less.click();
  await waitUntil(() => backend.cart().count === 1);
  await settled(page);
  less.click();
  expect(page.shadowRoot!.activeElement).to.equal(less);
  expect(less.ariaDisabled).to.equal('true');
  expect(puts()).to.have.length(1);
});

it('keeps what was changed last when an older answer comes after it', async () => {
  backend.put('fes-star', 1);
  const page = await open();
  const held = Promise.withResolvers<void>();
  backend.hold(held.promise.then(() => backend.change('fes-star', { unitPriceCents: 1 })));
  const calls = backend.calls.length;
  relay({ type: 'shell:push-reset', detail: {} });
  await waitUntil(() => backend.calls.length > calls);
  named(page, 'One more of Fes star', 'button').click();
  await waitUntil(() => puts().length === 1);
  await settled(page);
  held.resolve();
  await waitUntil(() => backend.calls.length > calls + 1);
  await fetch('/api/cart');
  expect(textOf(page)).to.contain('€29.00');
});

it('takes back that a line was removed when the server refuses', async () => {
  backend.put('fes-star', 2);
  backend.put('lantern', 1);
  const page = await open();
  backend.fail(1);
  named(page, 'Remove Fes star', 'button').click();
  await waitUntil(() => page.shadowRoot!.querySelector('.line-problem'));
  expect(page.shadowRoot!.querySelector('[role=status]')!.textContent.trim()).to.equal('');
  expect(field(page, 'Fes star').value).to.equal('2');
});

it('helps on when it is empty, and lists earlier orders', async () => {
  backend.put('fes-star', 1);
  const page = await open();
  named(page, 'Remove', 'button').click();
  await waitUntil(() => textOf(page).includes('Your cart is empty'));
  expect(named(page, 'Browse the shop', 'a').getAttribute('href')).to.equal('/');
  await expect(page).to.be.accessible();
});

it('marks what is sold out and leads there instead of to the checkout', async () => {
  backend.put('ras', 1);
  const page = await open();
  expect(textOf(page)).to.contain('Sold out');
  named(page, 'Check out', 'button').click();
  await waitUntil(() => page.shadowRoot!.activeElement?.getAttribute('aria-label') === 'Remove Ras el hanout, 100 g');
  await expect(page).to.be.accessible();
});

it('offers to try again when the backend is away, and then shows the cart', async () => {
  backend.put('fes-star', 1);
  backend.fail(1);
  const page = await open();
  expect(page.shadowRoot!.querySelectorAll('[role=alert]')).to.have.length(1);
  named(page, 'Try again', 'button').click();
  await waitUntil(() => page.shadowRoot!.querySelector('.lines'));
});

it('follows what another tab does', async () => {
  backend.put('fes-star', 1);
  const page = await open();
  backend.put('lantern', 2);
  await waitUntil(() => textOf(page).includes('Pierced brass lantern'));
});

it('stops listening when it leaves the page', async () => {
  backend.put('fes-star', 1);
  const page = await open();
  page.remove();
  await Promise.resolve();
  const calls = backend.calls.length;
  backend.put('lantern', 2);
  expect(backend.calls).to.have.length(calls);
});

it('takes over what the server rendered, at once and without asking twice for it to show', async () => {
  backend.put('fes-star', 2);
  const place = await fixture<HTMLElement>('<div></div>');
  const answered = Promise.withResolvers<void>();
  backend.hold(answered.promise);
  const data = JSON.stringify(backend.cart()).replaceAll('<', '\\u003c');
  place.setHTMLUnsafe(
    `<cart-page><template shadowrootmode="open"><h1>From the server</h1></template><script type="application/json">${data}</script></cart-page>`,
  );
  const page = place.querySelector('cart-page')!;
  await Promise.resolve();
  await waitUntil(() => page.shadowRoot!.querySelector('.lines'));
  expect(textOf(page)).not.to.contain('From the server');
  expect(field(page, 'Fes star').value).to.equal('2');
  answered.resolve();
});

it('speaks another language at once, with its prices and title, and the first one again', async () => {
  backend.put('fes-star', 2);
  const page = await open();
  const heading = () => page.shadowRoot!.querySelector('h1')!.textContent;
  emit(window, new ShellLocaleChanged({ ...english, locale: 'ar', dir: 'rtl' }));
  await waitUntil(() => heading() === 'سلتك');
  expect(textOf(page)).to.contain('إتمام الشراء');
  expect(document.title).to.equal('السلة · Souk');
  emit(window, new ShellLocaleChanged(english));
  await waitUntil(() => heading() === 'Your cart');
  expect(textOf(page)).to.contain('€34.90');
});

it('says in the language of the page why the backend refused', async () => {
  backend.put('fes-star', 2);
  const page = await open();
  emit(window, new ShellLocaleChanged({ ...english, locale: 'de' }));
  await waitUntil(() => page.shadowRoot!.querySelector('h1')!.textContent === 'Ihr Warenkorb');
  type(named<HTMLInputElement>(page, 'Menge von Fes star zellige', 'input'), '99');
  await waitUntil(() => page.shadowRoot!.querySelector('.line-problem'));
  expect(textOf(page)).to.contain('Davon ist nicht genug da');
});
