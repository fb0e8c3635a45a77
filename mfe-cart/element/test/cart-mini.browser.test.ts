import { expect, fixture } from '@open-wc/testing';
import {
  CartAddItem,
  CartChanged,
  ShellLocaleChanged,
  ask,
  emit,
  english,
  relay,
  retainedStates,
} from '@souk/shared-events/browser';
import type { RequestFailed } from '@souk/shared-events/browser';
import type { MockBackend } from '../../playground/mock-backend.ts';
import { freshBackend, loadEntry, waitUntil } from './support.ts';

await loadEntry('mini');

let backend: MockBackend;

beforeEach(async () => {
  backend = await freshBackend();
  retainedStates().clear();
});

const linkOf = (mini: Element) => mini.shadowRoot!.querySelector('a')!;
const count = (mini: Element) => mini.getAttribute('count');
const open = () => fixture<HTMLElement>('<cart-mini></cart-mini>');

it('is a link to the cart that says how much is in it', async () => {
  backend.put('fes-star', 3);
  const mini = await open();
  await waitUntil(() => count(mini) === '3');
  expect(linkOf(mini).getAttribute('href')).to.equal('/cart');
  expect(linkOf(mini).getAttribute('aria-label')).to.equal('Cart, 3 items');
  await expect(mini).to.be.accessible();
});

it('asks nobody when the page knows already', async () => {
  emit(window, new CartChanged({ count: 1, totalCents: 100, currency: 'EUR' }));
  const mini = await open();
  expect(count(mini)).to.equal('1');
  expect(linkOf(mini).getAttribute('aria-label')).to.equal('Cart, 1 item');
  expect(backend.calls).to.deep.equal([]);
});

it('is called what the language of the page calls it, as that changes', async () => {
  emit(window, new CartChanged({ count: 3, totalCents: 100, currency: 'EUR' }));
  const mini = await open();
  emit(window, new ShellLocaleChanged({ ...english, locale: 'ar', dir: 'rtl' }));
  expect(linkOf(mini).getAttribute('aria-label')).to.equal('السلة، 3 قطع');
  emit(window, new ShellLocaleChanged({ ...english, locale: 'de' }));
  expect(linkOf(mini).getAttribute('aria-label')).to.equal('Warenkorb, 3 Artikel');
});

it('shows an addition before the server has answered, and leaves the saying to who asked', async () => {
  const mini = await open();
  await waitUntil(() => count(mini) === '0');
  const answered = Promise.withResolvers<void>();
  backend.hold(answered.promise);
  const reply = ask(window, new CartAddItem({ sku: 'fes-star', quantity: 2 }));
  expect(count(mini)).to.equal('2');
  answered.resolve();
  expect(await reply).to.deep.equal({ count: 2, totalCents: 3490, currency: 'EUR' });
  expect(mini.shadowRoot!.querySelector('[role], [aria-live]')).to.equal(null);
});

it('takes an addition back that the server refused, and hands the reason on', async () => {
  const mini = await open();
  await waitUntil(() => count(mini) === '0');
  const error = await ask(window, new CartAddItem({ sku: 'tea-glass', quantity: 9 })).catch(
    (reason: RequestFailed) => reason,
  );
  expect(error).to.include({ code: 'not-enough-stock', message: 'Only 3 left.' });
  expect(count(mini)).to.equal('0');
});

it('counts right when several additions are on their way', async () => {
  const mini = await open();
  await waitUntil(() => count(mini) === '0');
  const add = (sku: string, quantity: number) => ask(window, new CartAddItem({ sku, quantity })).catch(() => undefined);
  const all = [add('fes-star', 2), add('tea-glass', 9), add('lantern', 1)];
  expect(count(mini)).to.equal('12');
  await Promise.all(all);
  expect(count(mini)).to.equal('3');
});

it('counts right after an addition that began before it was there', async () => {
  const answered = Promise.withResolvers<void>();
  backend.hold(answered.promise);
  const early = ask(window, new CartAddItem({ sku: 'fes-star', quantity: 2 }));
  await waitUntil(() => backend.calls.includes('POST /api/cart/lines'));
  const mini = await open();
  answered.resolve();
  await early;
  await waitUntil(() => count(mini) === '2');
  backend.put('fes-star', 5);
  expect(count(mini)).to.equal('5');
});

it('asks for the same addition when it is wanted again after its answer was lost, until the cart was seen', async () => {
  const mini = await open();
  await waitUntil(() => count(mini) === '0');
  const add = () =>
    ask(window, new CartAddItem({ sku: 'fes-star', quantity: 1 })).catch((reason: RequestFailed) => reason);
  backend.fail(2, 0);
  expect(await add()).to.include({ code: 'unreachable' });
  expect(await add()).to.include({ code: 'unreachable' });
  await add();
  await add();
  const [first, ...others] = backend.additionKeys;
  expect(first).to.be.a('string');
  expect(others.slice(0, 2)).to.deep.equal([first, first]);
  expect(others[2]).to.be.a('string').that.does.not.equal(first);
  expect(count(mini)).to.equal('2');
});

it('follows what other tabs do, and asks again after a push reset', async () => {
  const mini = await open();
  await waitUntil(() => count(mini) === '0');
  backend.put('fes-star', 4);
  expect(count(mini)).to.equal('4');
  const calls = backend.calls.length;
  relay({ type: 'shell:push-reset', detail: {} });
  await waitUntil(() => backend.calls.length > calls);
});

it('leaves no listener behind', async () => {
  const mini = await open();
  await waitUntil(() => count(mini) === '0');
  mini.remove();
  backend.put('fes-star', 4);
  expect(count(mini)).to.equal('0');
});
