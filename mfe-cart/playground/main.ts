import { CartAddItem, ShellNavigate, answer, ask, relay } from '@souk/shared-events/browser';
import type { Order } from '@souk/cart-api';
import { passthrough } from 'msw';
import { setupWorker } from 'msw/browser';
import { http } from 'msw/http';
import { goods } from './goods.ts';
import { mockBackend } from './mock-backend.ts';

const params = new URLSearchParams(location.search);

// Pushed a moment later, as the real ones come over the network.
const backend = mockBackend({ push: (type, detail) => setTimeout(() => relay({ type, detail }), 30), stepMs: 900 });
if (!params.has('empty')) {
  backend.put('fes-star', 2);
  backend.put('tea-glass', 2);
}
if (params.has('trouble')) {
  backend.put('ras', 1);
  backend.put('kilim', 2);
}
if (params.has('order')) backend.orders.set('o_example', exampleOrder(params.get('order') as Order['status']));

await setupWorker(...backend.handlers, http.get('*', passthrough)).start({ quiet: true });

const log = document.querySelector('#log')!;
for (const type of ['cart:changed', 'cart:order-changed', 'cart:add-item', 'chat:open', 'shell:navigate'] as const) {
  window.addEventListener(type, (event) => {
    const line = document.createElement('li');
    line.textContent = `${type} ${JSON.stringify(event.detail)}`;
    log.prepend(line);
  });
}

for (const { sku, title } of goods)
  tool(`Add ${title}`, () =>
    ask(window, new CartAddItem({ sku, quantity: 1 })).catch((error: Error) => alert(error.message)),
  );
tool('Another tab adds a lantern', () => backend.put('lantern', 1));
tool('Tea glasses sell out', () => backend.change('tea-glass', { available: 0 }));
tool('The star gets dearer', () => backend.change('fes-star', { unitPriceCents: 1690 }));
tool('The next request fails', () => backend.fail(1));
tool('shell:push-reset', () => relay({ type: 'shell:push-reset', detail: {} }));

// Stands in for the shell: shows the element that the path belongs to.
answer(ShellNavigate, ({ path }) => {
  show(path);
  return { path };
});
document.addEventListener('click', (event) => {
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!link || event.defaultPrevented || !/^\/(cart|checkout|orders\/.*)?$/.test(link.pathname)) return;
  event.preventDefault();
  show(link.pathname);
});

await Promise.all([import('../element/src/mini.ts'), import('../element/src/pages.ts')]);
show(params.get('show') ?? '/cart');

function show(path: string): void {
  const [, orderId] = /^\/orders\/(.+)$/.exec(path) ?? [];
  const element = document.createElement(orderId ? 'cart-order' : path === '/checkout' ? 'cart-checkout' : 'cart-page');
  if (orderId) element.setAttribute('id', orderId);
  document.querySelector('#stage')!.replaceChildren(element);
}

function tool(name: string, action: () => unknown): void {
  const button = document.createElement('button');
  button.textContent = name;
  button.addEventListener('click', () => void action());
  document.querySelector('#tools')!.append(button);
}

function exampleOrder(status: Order['status']): Order {
  const at = new Date().toISOString();
  const way: Order['status'][] =
    status === 'confirmed' ? ['placed', 'authorized', 'reserved', 'confirmed'] : ['placed', status];
  return {
    ...backend.cart(),
    ...{ orderId: 'o_example', status, placedAt: at, timeline: way.map((step) => ({ status: step, at })) },
    delivery: {
      name: 'Anna Amari',
      email: 'anna@example.com',
      street: 'Kasbah 12',
      city: 'Leipzig',
      postcode: '04109',
      country: 'DE',
    },
    payment: { brand: 'Visa', last4: '4242' },
    ...(status === 'payment-failed' && { reason: 'provider-unanswered' }),
    ...(status === 'payment-declined' && { reason: 'card-declined' }),
  };
}
