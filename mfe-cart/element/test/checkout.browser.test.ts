import { expect, fixture } from '@open-wc/testing';
import { ChatOpen, ShellNavigate, answer, retainedStates } from '@souk/shared-events/browser';
import type { Field } from '../src/checkout-form.ts';
import type { MockBackend } from '../../playground/mock-backend.ts';
import { freshBackend, loadEntry, named, textOf, type, waitUntil } from './support.ts';

await loadEntry('pages');

let backend: MockBackend;
const visited: string[] = [];
answer(ShellNavigate, ({ path }) => {
  visited.push(path);
  return { path };
});

beforeEach(async () => {
  backend = await freshBackend();
  retainedStates().clear();
  visited.length = 0;
  backend.put('fes-star', 2);
});

const good: Record<Field, string> = {
  ...{ name: 'Anna Amari', email: 'anna@example.com', street: 'Kasbah 12', city: 'Leipzig', postcode: '04109' },
  ...{ country: 'DE', cardNumber: '4242 4242 4242 4242', expiry: '12 / 90', cvc: '123' },
};

async function open(): Promise<HTMLElement> {
  const page = await fixture<HTMLElement>('<cart-checkout></cart-checkout>');
  await waitUntil(() => page.shadowRoot!.querySelector('form'));
  return page;
}

function fill(page: Element, values: Partial<Record<Field, string>> = good): void {
  for (const [id, value] of Object.entries(values)) type(page.shadowRoot!.querySelector(`#${id}`)!, value);
}

const submit = (page: Element) => page.shadowRoot!.querySelector<HTMLElement>('button[type=submit]')!.click();
const summary = (page: Element) => page.shadowRoot!.querySelector<HTMLElement>('.error-summary');

it('names every field, tells the browser what it is for, and shows test cards', async () => {
  const page = await open();
  const tokens: Record<string, string> = {
    ...{ 'Full name': 'shipping name', Email: 'email', 'Street and number': 'shipping address-line1' },
    ...{ City: 'shipping address-level2', Postcode: 'shipping postal-code', Country: 'shipping country' },
    ...{ 'Card number': 'cc-number', Expiry: 'cc-exp', 'Security code': 'cc-csc' },
  };
  for (const [label, token] of Object.entries(tokens))
    expect(named(page, label, 'input, select').getAttribute('autocomplete')).to.equal(token);
  expect(textOf(page)).to.contain('4242 4242 4242 4242');
  await expect(page).to.be.accessible();
});

it('says that an order which was only accepted takes longer, and goes to it when a push says that it is there', async () => {
  const finished = Promise.withResolvers<void>();
  backend.acceptCheckout(finished.promise);
  const page = await open();
  fill(page);
  submit(page);
  await waitUntil(() => textOf(page).includes('takes longer than usual'));
  expect(visited).to.deep.equal([]);
  finished.resolve();
  await waitUntil(() => visited.length === 1);
  expect(visited).to.deep.equal([`/orders/${[...backend.orders.keys()][0]}`]);
});

it('says what is missing in a summary that takes the focus and leads to the fields', async () => {
  const page = await open();
  fill(page, { ...good, email: 'anna', cvc: '' });
  submit(page);
  await waitUntil(() => page.shadowRoot!.activeElement === summary(page) && summary(page));
  expect([...summary(page)!.querySelectorAll('a')].map((link) => link.textContent)).to.deep.equal([
    'Enter an email address like name@example.com',
    'Enter the 3 or 4 digits of the security code',
  ]);
  await expect(page).to.be.accessible();
  summary(page)!.querySelector('a')!.click();
  expect(page.shadowRoot!.activeElement?.id).to.equal('email');
  fill(page, { email: 'anna@example.com' });
  await waitUntil(() => summary(page)!.querySelectorAll('a').length === 1);
  expect(backend.calls.filter((call) => call.startsWith('POST'))).to.deep.equal([]);
});

it('places one order however often the button is pressed, and goes to it', async () => {
  const page = await open();
  fill(page);
  submit(page);
  submit(page);
  submit(page);
  await waitUntil(() => visited.length > 0);
  expect(backend.orders.size).to.equal(1);
  expect(visited).to.deep.equal([`/orders/${[...backend.orders.keys()][0]}`]);
  expect(sessionStorage.length).to.equal(0);
});

it('sends the same attempt again when nobody knows how the first one ended', async () => {
  const page = await open();
  fill(page);
  await waitUntil(() => backend.calls.length > 0);
  const checkoutAnswers = Promise.withResolvers<void>();
  backend.failCheckout(checkoutAnswers.resolve);
  submit(page);
  await checkoutAnswers.promise;
  await waitUntil(() => summary(page));
  expect(named<HTMLInputElement>(page, 'Full name', 'input').value).to.equal('Anna Amari');
  expect(sessionStorage.getItem('souk.cart.attempt')).not.to.contain('4242424242424242');
  submit(page);
  await waitUntil(() => visited.length > 0);
  expect(backend.orders.size).to.equal(1);
  expect(new Set(backend.checkoutKeys).size).to.equal(1);
  expect(backend.checkoutKeys).to.have.length(2);
});

it('does not offer what was bought meanwhile in another tab', async () => {
  const page = await open();
  backend.put('fes-star', 0);
  await waitUntil(() => textOf(page).includes('Your cart is empty'));
});

it('asks again when a price has changed, with the old total and the new one', async () => {
  const page = await open();
  fill(page);
  backend.change('fes-star', { unitPriceCents: 2000 });
  submit(page);
  await waitUntil(() => textOf(page).includes('A price has changed'));
  expect(textOf(page)).to.contain('the total was €34.90 and is now €45.90');
  expect(backend.orders.size).to.equal(0);
  await expect(page).to.be.accessible();
  submit(page);
  await waitUntil(() => backend.orders.size === 1);
});

async function openOrder(): Promise<{ page: HTMLElement; orderId: string }> {
  const checkout = await open();
  fill(checkout);
  submit(checkout);
  await waitUntil(() => visited.length > 0);
  const orderId = [...backend.orders.keys()][0]!;
  const page = await fixture<HTMLElement>(`<cart-order id="${orderId}"></cart-order>`);
  await waitUntil(() => page.shadowRoot!.querySelector('.status-title'));
  return { page, orderId };
}

const status = (page: Element) => page.shadowRoot!.querySelector('.status-title[role=status]')?.textContent;

it('shows an order on its way, live', async () => {
  const { page, orderId } = await openOrder();
  expect(status(page)).to.equal('Processing');
  await expect(page).to.be.accessible();
  backend.move(orderId, 'authorized');
  backend.move(orderId, 'reserved');
  backend.move(orderId, 'confirmed');
  await waitUntil(() => status(page) === 'Order confirmed');
  expect(page.shadowRoot!.querySelectorAll('.steps .done')).to.have.length(4);
  await expect(page).to.be.accessible();
});

it('says of an order whose shopper has been erased that it is kept for the books', async () => {
  const { page, orderId } = await openOrder();
  const delivery = { name: '', email: '', street: '', city: '', postcode: '', country: '' };
  const more = { erased: true, delivery, payment: { brand: 'Visa', last4: '' } };
  backend.move(orderId, 'confirmed', more);
  await waitUntil(() => status(page) === 'Order confirmed');
  expect(textOf(page)).to.contain('Address and card have been erased');
  expect(textOf(page)).not.to.match(/ending in|Thank you, |sent to/);
  await expect(page).to.be.accessible();
  backend.move(orderId, 'payment-declined', { ...more, reason: 'card-declined' });
  await waitUntil(() => status(page) === 'Payment declined');
  expect(page.shadowRoot!.querySelector('form')).to.equal(null);
});

it('takes another card for a declined order', async () => {
  const { page, orderId } = await openOrder();
  backend.move(orderId, 'payment-declined', { reason: 'insufficient-funds' });
  await waitUntil(() => status(page) === 'Payment declined');
  expect(textOf(page)).to.contain('not enough money');
  await expect(page).to.be.accessible();
  submit(page);
  await waitUntil(() => summary(page));
  fill(page, { cardNumber: good.cardNumber, expiry: good.expiry, cvc: good.cvc });
  submit(page);
  await waitUntil(() => status(page) === 'Processing');
  expect(backend.orders.size).to.equal(1);
});

for (const [to, title] of [
  ['sold-out', 'Sold out'],
  ['payment-failed', 'Payment failed, nothing was charged'],
] as const)
  it(`says "${title}" when it is so`, async () => {
    const { page, orderId } = await openOrder();
    backend.move(orderId, to);
    await waitUntil(() => status(page) === title);
    await expect(page).to.be.accessible();
  });

it('names what was sold out meanwhile, and puts what is left into the cart on the way to the checkout', async () => {
  const { page, orderId } = await openOrder();
  backend.change('fes-star', { available: 1 });
  backend.move(orderId, 'sold-out', { shortages: [{ sku: 'fes-star', wanted: 2, available: 1 }] });
  await waitUntil(() => status(page) === 'Sold out');
  const [{ title, variant } = { title: '', variant: '' }] = backend.cart().lines;
  expect(textOf(page)).to.contain(`Only 1 left of ${variant ? `${title}, ${variant}` : title}.`);
  await expect(page).to.be.accessible();
  visited.length = 0;
  named(page, 'Take what is left', 'button').click();
  await waitUntil(() => visited.length > 0);
  expect(visited).to.deep.equal(['/checkout']);
  expect(backend.cart().lines.map(({ sku, quantity }) => [sku, quantity])).to.deep.equal([['fes-star', 1]]);
});

it('offers nothing of an order of which nothing is left', async () => {
  const { page, orderId } = await openOrder();
  backend.move(orderId, 'sold-out', { shortages: [{ sku: 'fes-star', wanted: 2, available: 0 }] });
  await waitUntil(() => status(page) === 'Sold out');
  expect(textOf(page)).to.contain('is sold out.').and.not.to.contain('Take what is left');
  named(page, 'Back to your cart', 'a');
});

it('opens the chat about the order', async () => {
  const { page, orderId } = await openOrder();
  const asked = new Promise((resolve) =>
    answer(ChatOpen, ({ about }) => {
      resolve(about);
      return { opened: true as const };
    }),
  );
  named(page, 'Ask about this order', 'button').click();
  expect(await asked).to.deep.equal({ kind: 'order', id: orderId });
});

it('says that there is no such order', async () => {
  const page = await fixture<HTMLElement>('<cart-order id="o_nothing"></cart-order>');
  await waitUntil(() => textOf(page).includes('This order cannot be found'));
  await expect(page).to.be.accessible();
});
