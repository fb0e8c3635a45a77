import { describe, expect, it } from 'vitest';
import type { MfeContract } from '../manifest.ts';
import { checkDeployment } from './check-deployment.ts';
import type { Participant } from './check-deployment.ts';
import type { Schema } from './schema.ts';

const object = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  ...{ type: 'object', required, properties },
});
/** As the build writes what is sent: nothing but what is named. */
const sent = (schema: Schema): Schema => ({ ...schema, additionalProperties: false });
const text = { type: 'string', minLength: 1, maxLength: 50 };
const count = { type: 'integer', minimum: 0 };
const status = { enum: ['placed', 'confirmed'] };

const changed = { count, currency: { const: 'EUR' } };
const order = { orderId: text, status };
const payload = { sku: text, quantity: { type: 'integer', minimum: 1, maximum: 99 } };
const reply = { count };

const someone = (
  name: string,
  version: string,
  contract: Partial<MfeContract>,
  routes: string[] = [],
): Participant => ({
  ...{ name, version, routes: routes.map((path) => ({ path })) },
  contract: { emits: {}, pushes: {}, listens: {}, requests: {}, handles: {}, ...contract },
});

// What is live: the cart tells what is in it and what became of orders, and takes goods; chat and catalog count on that.
const cartContract: Partial<MfeContract> = {
  emits: { 'cart:changed': sent(object(changed)) },
  pushes: { 'cart:order-changed': sent(object(order)) },
  listens: { 'shell:navigated': object({ path: text }) },
  requests: { 'shell:navigate': { payload: sent(object({ path: text })), reply: object({ path: text }) } },
  handles: { 'cart:add-item': { entry: 'mini', payload: object(payload), reply: sent(object(reply)) } },
};
const cart = someone('cart', '1.0.0', cartContract, ['/cart']);
const catalog = someone('catalog', '1.0.0', {
  requests: { 'cart:add-item': { payload: sent(object(payload)), reply: object(reply) } },
  listens: { 'cart:changed': object({ count }) },
});
const chat = someone('chat', '1.0.0', {
  emits: { 'chat:unread-changed': sent(object({ unread: count })) },
  listens: { 'cart:changed': object(changed), 'cart:order-changed': object(order) },
});
const shell = someone('shell', '9', {
  emits: { 'shell:navigated': sent(object({ path: text })) },
  handles: {
    'shell:navigate': { entry: 'shell', payload: object({ path: text }), reply: sent(object({ path: text })) },
  },
});
const others = [catalog, chat, shell];

const cartWith = (change: Partial<MfeContract>, routes = ['/cart']) =>
  someone('cart', '2.0.0', { ...cartContract, ...change }, routes);
const emits = (properties: Record<string, Schema>, required?: string[]): Partial<MfeContract> => ({
  emits: { 'cart:changed': sent(object(properties, required)) },
});
const pushes = (properties: Record<string, Schema>): Partial<MfeContract> => ({
  pushes: { 'cart:order-changed': sent(object(properties)) },
});
const handles = (change: { payload?: Schema; reply?: Schema }): Partial<MfeContract> => ({
  handles: {
    'cart:add-item': { entry: 'mini', payload: object(payload), reply: sent(object(reply)), ...change },
  },
});
const asksNavigate = (change: { payload?: Schema; reply?: Schema }): Partial<MfeContract> => ({
  requests: {
    'shell:navigate': { payload: sent(object({ path: text })), reply: object({ path: text }), ...change },
  },
});
const hears = (type: string, schema: Schema): Partial<MfeContract> => ({
  listens: { ...cartContract.listens, [type]: schema },
});

type Row = readonly [what: string, refused: Partial<MfeContract>, words: string, passes: Partial<MfeContract>];

// Each incompatible deployment, the words it is refused with, and its compatible twin.
const table: readonly Row[] = [
  [
    'a field removed',
    emits({ count }),
    'cart:changed: in /currency of the detail, it is not sent, and is required; cart 2.0.0 emits it and chat 1.0.0 listens.',
    emits({ ...changed, items: count }),
  ],
  [
    'a field renamed',
    emits({ pieces: count, currency: { const: 'EUR' } }),
    'in /count of the detail, it is not sent, and is required; cart 2.0.0 emits it and catalog 1.0.0 listens.',
    emits({ ...changed, pieces: count }),
  ],
  [
    'a field made optional',
    emits(changed, ['count']),
    'in /currency of the detail, it may be left out, and is required',
    emits({ ...changed, more: text }, ['count', 'currency']),
  ],
  [
    'a type changed',
    emits({ ...changed, count: text }),
    'in /count of the detail, a text may be sent, and only an integer is accepted',
    emits({ ...changed, count: { ...count, maximum: 9 } }),
  ],
  [
    'a type widened to number',
    emits({ ...changed, count: { type: 'number', minimum: 0 } }),
    'in /count of the detail, a number may be sent, and only an integer is accepted',
    emits({ ...changed, count: { const: 3 } }),
  ],
  [
    'a field that may be null',
    emits({ ...changed, count: { anyOf: [count, { type: 'null' }] } }),
    'in /count of the detail, null may be sent, and is not accepted: only an integer is',
    emits({ ...changed, count: { anyOf: [count, { const: 0 }] } }),
  ],
  [
    'a minimum lowered',
    emits({ ...changed, count: { type: 'integer', minimum: -1 } }),
    'in /count of the detail, as little as -1 may be sent, and only 0 or more is accepted',
    emits({ ...changed, count: { type: 'integer', minimum: 1 } }),
  ],
  [
    'a constant changed',
    emits({ ...changed, currency: { const: 'USD' } }),
    'in /currency of the detail, "USD" may be sent, and is not accepted: only "EUR" is',
    emits({ ...changed, currency: { enum: ['EUR'] } }),
  ],
  [
    'a constant opened',
    emits({ ...changed, currency: text }),
    'in /currency of the detail, any text may be sent, and only "EUR" is accepted',
    emits({ ...changed, currency: { const: 'EUR', description: 'ISO 4217' } }),
  ],
  [
    'an event made another kind of thing',
    { emits: { 'cart:changed': { type: 'array', items: count } } },
    'cart:changed: in the detail, an array may be sent, and only an object is accepted',
    emits(changed),
  ],
  [
    'an event that says nothing of its shape',
    { emits: { 'cart:changed': {} } },
    'cart:changed: in /count of the detail, it may be left out, and is required',
    emits(changed),
  ],
  [
    'an event renamed',
    { emits: { 'cart:updated': sent(object(changed)) } },
    'cart:changed: cart 2.0.0 sends it no more, nobody else does, and chat 1.0.0 listens.',
    { emits: { ...emits(changed).emits, 'cart:updated': sent(object(changed)) } },
  ],
  [
    'an event removed',
    { emits: {} },
    'cart:changed: cart 2.0.0 sends it no more, nobody else does, and catalog 1.0.0 listens.',
    { emits: {}, pushes: { ...cartContract.pushes, ...cartContract.emits } },
  ],
  ['a pushed event removed', { pushes: {} }, 'cart:order-changed: cart 2.0.0 sends it no more', pushes(order)],
  [
    'a list widened',
    pushes({ ...order, status: { enum: ['placed', 'confirmed', 'lost'] } }),
    'cart:order-changed: in /status of the detail, "lost" may be sent, and is not accepted: only "placed" or "confirmed" is; cart 2.0.0 pushes it and chat 1.0.0 listens.',
    pushes({ ...order, status: { const: 'placed' } }),
  ],
  [
    'a list opened',
    pushes({ ...order, status: text }),
    'in /status of the detail, any text may be sent, and only "placed" or "confirmed" is accepted',
    pushes({ ...order, status, why: text }),
  ],
  [
    'a longer text',
    pushes({ ...order, orderId: { ...text, maxLength: 60 } }),
    'in /orderId of the detail, as much as 60 characters may be sent, and only 50 characters or less is accepted',
    pushes({ ...order, orderId: { ...text, maxLength: 40 } }),
  ],
  [
    'an empty text',
    pushes({ ...order, orderId: { type: 'string', maxLength: 50 } }),
    'in /orderId of the detail, as little as 0 characters may be sent, and only 1 characters or more is accepted',
    pushes({ ...order, orderId: { ...text, minLength: 5 } }),
  ],
  [
    'a new required field of a request',
    handles({ payload: object({ ...payload, size: text }) }),
    'cart:add-item: in /size of the payload, it is not sent, and is required; catalog 1.0.0 asks it and cart 2.0.0 answers.',
    handles({ payload: object({ ...payload, size: text }, ['sku', 'quantity']) }),
  ],
  [
    'a request that takes less',
    handles({ payload: object({ ...payload, quantity: { type: 'integer', minimum: 1, maximum: 9 } }) }),
    'in /quantity of the payload, as much as 99 may be sent, and only 9 or less is accepted',
    handles({ payload: object({ ...payload, quantity: { type: 'integer', minimum: 1, maximum: 999 } }) }),
  ],
  [
    'a request that takes another type',
    handles({ payload: object({ ...payload, sku: count }) }),
    'in /sku of the payload, a text may be sent, and only an integer is accepted',
    handles({ payload: object({ ...payload, sku: { type: 'string' } }) }),
  ],
  [
    'a request that refuses members it does not know',
    handles({ payload: { ...object({ sku: text }), additionalProperties: false } }),
    'in /quantity of the payload, it may be sent, and is not accepted',
    handles({ payload: object({ sku: text }) }),
  ],
  [
    'a reply with a field less',
    handles({ reply: sent(object({})) }),
    'cart:add-item: in /count of the reply, it is not sent, and is required; catalog 1.0.0 asks it and cart 2.0.0 answers.',
    handles({ reply: sent(object({ count, total: count })) }),
  ],
  [
    'a reply with another type',
    handles({ reply: sent(object({ count: text })) }),
    'in /count of the reply, a text may be sent, and only an integer is accepted',
    handles({ reply: sent(object({ count: { ...count, minimum: 1 } })) }),
  ],
  [
    'a reply that need not say',
    handles({ reply: sent(object(reply, [])) }),
    'in /count of the reply, it may be left out, and is required',
    handles({ reply: sent(object({ ...reply, note: text }, ['count'])) }),
  ],
  [
    'a handler removed',
    { handles: {} },
    'cart:add-item: cart 2.0.0 answers it no more, and catalog 1.0.0 asks it.',
    handles({}),
  ],
  [
    'a handler renamed',
    { handles: { 'cart:put-item': { entry: 'mini', payload: object(payload), reply: sent(object(reply)) } } },
    'cart:add-item: cart 2.0.0 answers it no more',
    { handles: { ...handles({}).handles, 'cart:put-item': { entry: 'mini', payload: {}, reply: {} } } },
  ],
  [
    'a request of the shell with a field less',
    asksNavigate({ payload: sent(object({ to: text })) }),
    'shell:navigate: in /path of the payload, it is not sent, and is required; cart 2.0.0 asks it and shell 9 answers.',
    asksNavigate({ payload: sent(object({ path: text, replace: { type: 'boolean' } })) }),
  ],
  [
    'more expected of the shell’s reply',
    asksNavigate({ reply: object({ path: text, title: text }) }),
    'shell:navigate: in /title of the reply, it is not sent, and is required',
    asksNavigate({ reply: object({ path: text, title: text }, ['path']) }),
  ],
  [
    'more expected of the shell’s event',
    hears('shell:navigated', object({ path: text, query: text })),
    'shell:navigated: in /query of the detail, it is not sent, and is required; shell 9 emits it and cart 2.0.0 listens.',
    hears('shell:navigated', object({ path: text, query: text }, ['path'])),
  ],
  [
    'less accepted of another’s event',
    hears('chat:unread-changed', object({ unread: { const: 0 } })),
    'chat:unread-changed: in /unread of the detail, any integer may be sent, and only 0 is accepted; chat 1.0.0 emits it and cart 2.0.0 listens.',
    hears('chat:unread-changed', object({ unread: { type: 'number' } })),
  ],
  [
    'a schema that cannot be compared',
    hears('chat:unread-changed', { type: 'object', not: { required: ['x'] } }),
    'in the detail, "not" in what is accepted cannot be compared; write it without',
    hears('chat:unread-changed', { type: 'object' }),
  ],
];

describe.each(table)('%s', (_what, refused, words, passes) => {
  it('is refused with the event, the field, the consumer and what to do', () => {
    const problems = checkDeployment({ candidate: cartWith(refused), live: others, replaced: [cart] });
    expect(problems.map(({ message }) => message).join('\n')).toContain(words);
    for (const { todo, other } of problems) expect(todo).toContain(other.name);
  });

  it('passes as its compatible twin', () => {
    expect(checkDeployment({ candidate: cartWith(passes), live: others, replaced: [cart] })).toEqual([]);
  });
});

describe('a canary', () => {
  const chatCanary = someone('chat', '2.0.0-canary', {
    listens: { 'cart:changed': object({ ...changed, vat: count }) },
  });

  it('of another counts as much as its stable version', () => {
    const input = { candidate: cartWith({}), live: [...others, chatCanary], replaced: [cart] };
    expect(checkDeployment(input)).toEqual([
      {
        ...{ code: 'does-not-fit', subject: 'cart:changed', pointer: '/vat' },
        other: { name: 'chat', version: '2.0.0-canary' },
        message:
          'cart:changed: in /vat of the detail, it is not sent, and is required; cart 2.0.0 emits it and ' +
          'chat 2.0.0-canary listens.',
        todo:
          'Keep /vat of the detail of cart:changed as chat 2.0.0-canary accepts it, or have chat deployed first with a ' +
          'version that accepts the new one.',
      },
    ]);
    expect(checkDeployment({ ...input, candidate: cartWith(emits({ ...changed, vat: count })) })).toEqual([]);
  });

  it('hears what the one backend pushes to both versions', () => {
    const listening = { ...cart, contract: { ...cart.contract, listens: { 'cart:order-changed': object(order) } } };
    const candidate = cartWith({ pushes: { 'cart:order-changed': sent(object({ orderId: text })) }, listens: {} });
    expect(checkDeployment({ candidate, live: [shell], beside: [listening] })).toMatchObject([{ pointer: '/status' }]);
    expect(checkDeployment({ candidate, live: [shell], replaced: [listening] })).toEqual([]);
  });
});

it('an event that somebody else sends as well may go', () => {
  const twin = someone('basket', '1.0.0', { emits: cartContract.emits ?? {} });
  const input = { candidate: cartWith({ emits: {} }), replaced: [cart] };
  expect(checkDeployment({ ...input, live: others })).not.toEqual([]);
  expect(checkDeployment({ ...input, live: [...others, twin] })).toEqual([]);
});

it('a page of somebody else cannot be taken, whatever its parameters are called', () => {
  const live = [someone('catalog', '1.0.0', {}, ['/p/:product'])];
  expect(checkDeployment({ candidate: cartWith({}, ['/p/:id', '/cart']), live })).toMatchObject([
    { code: 'route-taken', message: 'The page "/p/:id" is that of catalog 1.0.0.' },
  ]);
});

it('who comes first may listen to what nobody sends yet, and ask what nobody answers yet', () => {
  expect(checkDeployment({ candidate: catalog, live: [shell] })).toEqual([]);
});
