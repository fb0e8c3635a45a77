import { afterEach, beforeEach, expect, it } from 'vitest';
import { cloudEvent, verifySession } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import { softAuthenticator } from '../testing/authenticator.ts';
import type { Changes, SoftAuthenticator } from '../testing/authenticator.ts';
import { cookieOf, gatewayFixture, readStream, testPassword, testSecret } from '../testing/index.ts';
import type { GatewayFixture } from '../testing/index.ts';

const origin = 'https://shop.souk.example';
let shop: GatewayFixture;
let device: SoftAuthenticator;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-11-23T12:00:00Z');
  shop = await gatewayFixture([{ name: 'tiny' }], {
    clock: () => new Date(now),
    origin,
    port: 4371,
    host: '127.0.0.1',
  });
  shop.backends['tiny'] = (req, res) => {
    res.end(JSON.stringify(verifySession(req.headers['souk-session'], testSecret, now)));
  };
  device = softAuthenticator(origin);
});
afterEach(() => shop.close());

const html = {
  accept: 'text/html',
  'sec-fetch-site': 'same-origin',
  'user-agent': 'Mozilla/5.0 (X11; Linux) Chrome/140',
};
const view = async (path: string, cookie: string) => {
  const answer = await shop.fetch(path, { headers: { ...html, cookie } });
  return {
    cookie: answer.headers.getSetCookie().length > 0 ? cookieOf(answer) : cookie,
    text: await answer.text(),
    answer,
  };
};
const send = (path: string, cookie: string, fields: Record<string, string>) =>
  shop.fetch(path, { method: 'POST', headers: { ...html, cookie }, body: new URLSearchParams(fields) });
const who = async (cookie: string) =>
  (await (await shop.fetch('/api/tiny/who', { headers: { cookie } })).json()) as { shopperId: string; roles: string[] };
/** What a form of a page asks the browser. */
const optionsIn = (text: string, action: string) => {
  const [, json = ''] = new RegExp(`action="${action}"[^>]*data-options="([^"]*)"`).exec(text) ?? [];
  return JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')) as never;
};
const register = async (changes: Changes = {}, fields: Record<string, string> = {}) => {
  const page = await view('/sign-in', '');
  const [, customer = ''] = /name="customer" value="([^"]*)"/.exec(page.text) ?? [];
  const credential = device.create(optionsIn(page.text, '/account/register'), changes);
  const answer = await send('/account/register', page.cookie, {
    customer,
    credential,
    given: 'Zaynab',
    email: '',
    next: '/cart',
    ...fields,
  });
  return { answer, customer, guest: page.cookie, cookie: cookieOf(answer) };
};
const signIn = async (changes: Changes = {}, from = '') => {
  const page = await view('/sign-in', from);
  const credential = device.get(optionsIn(page.text, '/sign-in/passkey'), changes);
  const answer = await send('/sign-in/passkey', page.cookie, { credential, next: '/cart' });
  return { answer, guest: page.cookie, credential, cookie: cookieOf(answer) };
};
const events = async (filter: string) => {
  const found = [];
  for await (const { event } of shop.channel.read(filter)) found.push(event);
  return found;
};

it('makes a customer of a guest by a passkey, under a new id, and tells the log who that guest was', async () => {
  const page = await view('/sign-in', '');
  const { shopperId: guestId } = await who(page.cookie);
  const [, customer = ''] = /name="customer" value="([^"]*)"/.exec(page.text) ?? [];
  const credential = device.create(optionsIn(page.text, '/account/register'));
  const answer = await send('/account/register', page.cookie, {
    customer,
    credential,
    given: 'Zaynab',
    email: 'z@example.com',
    next: '/cart',
  });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/cart']);
  expect(await who(cookieOf(answer))).toMatchObject({ shopperId: customer, roles: ['shopper'] });
  expect((await who(page.cookie)).shopperId).not.toBe(guestId);
  const told = await events(subjects.account(customer));
  expect(told.map(({ type }) => type)).toEqual([
    ...['account.passkey-added.v1', 'account.details-changed.v1', 'account.signed-in.v1'],
  ]);
  expect(told[2]?.data).toEqual({ customerId: customer, guestId });
  expect(JSON.stringify(told)).not.toMatch(/Zaynab|example\.com/);
});

it('lets the same person in on another browser, as the same customer, and out again as a fresh guest', async () => {
  const { customer } = await register();
  const { cookie, answer } = await signIn();
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/cart']);
  expect((await who(cookie)).shopperId).toBe(customer);
  const out = await send('/sign-out', cookie, {});
  expect((await who(cookie)).shopperId).not.toBe(customer);
  expect((await who(cookieOf(out))).shopperId).not.toBe(customer);
});

it.each<[string, Changes]>([
  ['of another site', { origin: 'https://souk.example' }],
  ['to another challenge', { challenge: Buffer.alloc(56).toString('base64url') }],
  ['by nobody in particular', { verified: false }],
  ['whose count goes backwards', { counter: 1 }],
])('refuses an answer %s', async (_words, changes) => {
  await register();
  await signIn();
  const { answer } = await signIn(changes);
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain('This passkey was not accepted.');
  expect(answer.headers.getSetCookie().join()).not.toContain('souk_session=c');
});

it('takes an answer once, in the session that was asked, and for half an hour', async () => {
  await register();
  const { credential, guest } = await signIn();
  expect((await send('/sign-in/passkey', guest, { credential })).status).toBe(403);
  const page = await view('/sign-in', '');
  const other = await view('/sign-in', '');
  const answered = device.get(optionsIn(page.text, '/sign-in/passkey'));
  expect((await send('/sign-in/passkey', other.cookie, { credential: answered })).status).toBe(403);
  now += 30 * 60_000 + 1;
  const late = device.get(optionsIn(page.text, '/sign-in/passkey'));
  expect((await send('/sign-in/passkey', page.cookie, { credential: late })).status).toBe(403);
});

it.each([
  '',
  '{',
  'null',
  '{}',
  '{"id":1,"response":{"userHandle":"Y3VfeA"}}',
  '{"id":"x","response":{"userHandle":"c3RfLi4"}}',
])('answers a credential like %j with the page, and never with a fault', async (credential) => {
  const page = await view('/sign-in', '');
  expect((await send('/sign-in/passkey', page.cookie, { credential })).status).toBe(403);
  expect((await send('/account/register', page.cookie, { credential, customer: 'cu_x' })).status).toBe(403);
  expect((await send('/account/register', page.cookie, { credential, customer: '../x' })).status).toBe(403);
});

it('takes nothing that another site sends', async () => {
  const { cookie } = await register();
  const foreign = (path: string) =>
    shop.fetch(path, {
      method: 'POST',
      headers: { cookie, 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams(),
    });
  for (const path of ['/sign-in/passkey', '/account/register', '/account/passkeys/remove', '/account/sessions/end'])
    expect((await foreign(path)).status).toBe(403);
});

it('keeps several passkeys, with names, and never removes the last one', async () => {
  const { cookie } = await register();
  const [first] = device.passkeys;
  const firstId = first?.id.toString('base64url') ?? '';
  expect((await view('/account', cookie)).text).toContain('Chrome on Linux');
  await send('/account/passkeys/rename', cookie, { passkey: firstId, label: '<b>Phone</b>' });
  expect((await view('/account', cookie)).text).toContain('&lt;b&gt;Phone&lt;/b&gt;');
  const refused = await send('/account/passkeys/remove', cookie, { passkey: firstId });
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('your only passkey')]);

  const credential = device.create(optionsIn((await view('/account', cookie)).text, '/account/passkeys'));
  expect((await send('/account/passkeys', cookie, { credential })).status).toBe(303);
  await Promise.all(
    device.passkeys.map(({ id }) => send('/account/passkeys/remove', cookie, { passkey: id.toString('base64url') })),
  );
  const types = (await events('account.customer.>')).map(({ type }) => type);
  expect(types.filter((type) => type === 'account.passkey-removed.v1')).toHaveLength(1);
});

it('lists where somebody is signed in, and ends one from another, its event streams too', async () => {
  const one = await register();
  const two = await signIn();
  const { text } = await view('/account', one.cookie);
  expect(text.match(/\(this browser\)/g)).toHaveLength(1);
  const [, publicId = ''] = /name="session" value="([^"]*)"/.exec(text) ?? [];
  const stream = await readStream(`${shop.url}/push`, { cookie: two.cookie });
  await send('/account/sessions/end', one.cookie, { session: publicId });
  expect((await stream.next()).event).toBe('end');
  await stream.ended;
  expect((await who(two.cookie)).shopperId).not.toBe(one.customer);
  expect((await who(one.cookie)).shopperId).toBe(one.customer);
  const stranger = (await view('/account', '')).answer;
  expect([stranger.status, stranger.headers.get('location')]).toEqual([303, '/sign-in?next=/account']);
});

it('pushes what is the customer’s to every browser of theirs', async () => {
  const one = await register();
  const two = await signIn();
  const streams = await Promise.all([one, two].map(({ cookie }) => readStream(`${shop.url}/push`, { cookie })));
  await shop.push(`shopper.${one.customer}`, { n: 1 });
  for (const stream of streams) {
    expect(await stream.next()).toMatchObject({ data: { detail: { n: 1 } } });
    stream.close();
  }
});

it('lets one of the staff in with a passkey that was made after the password', async () => {
  const entered = await send('/sign-in', '', { name: 'Amina', password: testPassword });
  const page = await view('/account', cookieOf(entered));
  const credential = device.create(optionsIn(page.text, '/account/passkeys'));
  expect((await send('/account/passkeys', cookieOf(entered), { credential })).status).toBe(303);
  const { cookie } = await signIn();
  const staff = (await who(cookie)) as { roles: string[]; member?: { name: string } };
  expect([staff.roles, staff.member?.name]).toEqual([['shopper', 'staff'], 'Amina']);
  expect(JSON.stringify(await events('account.customer.>'))).not.toContain('Amina');
});

it('erases a customer: no passkey, no name, no session, and the guests that they were as well', async () => {
  const { customer, cookie } = await register();
  const { guestId } = (await events(subjects.account(customer))).at(-1)!.data as { guestId: string };
  const data = { personId: customer, by: 'test' };
  const asked = cloudEvent({ type: 'shell.person-erasure-requested.v1', source: '/shell', data });
  await shop.channel.append(subjects.person(customer), [asked], { expect: 'any' });
  for await (const { event } of shop.channel.tail(subjects.personOf('account', guestId), 1))
    if (event.type === 'account.person-erased.v1') break;
  expect((await who(cookie)).shopperId).not.toBe(customer);
  const { answer } = await signIn();
  expect(answer.status).toBe(403);
  expect((await events(subjects.personOf('account', customer))).map(({ type }) => type)).toEqual([
    'account.person-erased.v1',
  ]);
});
