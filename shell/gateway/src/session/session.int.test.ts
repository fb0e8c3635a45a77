import { afterEach, expect, it } from 'vitest';
import { verifySession } from '@souk/service-kit';
import { cookieOf, gatewayFixture, readStream, testPassword, testSecret } from '../testing/index.ts';
import type { GatewayFixture } from '../testing/index.ts';

let shop: GatewayFixture;
let now = Date.parse('2026-11-23T12:00:00Z');
afterEach(() => shop.close());

/** A backend that says whom the gateway vouches for. */
const withWho = async (options = {}) => {
  shop = await gatewayFixture([{ name: 'tiny' }], { clock: () => new Date(now), ...options });
  shop.backends['tiny'] = (req, res) => {
    const session = verifySession(req.headers['souk-session'], testSecret, now);
    res.end(JSON.stringify({ session, cookie: req.headers.cookie }));
  };
};
const who = async (headers: Record<string, string> = {}) => {
  const answer = await shop.fetch('/api/tiny/who', { headers });
  const { session } = (await answer.json()) as {
    session: { shopperId: string; roles: string[]; member?: { staffId: string; name: string } };
  };
  return { answer, ...session };
};
const form = (fields: Record<string, string>, cookie = '') => ({
  method: 'POST',
  headers: { accept: 'text/html', cookie, 'sec-fetch-site': 'same-origin' },
  body: new URLSearchParams(fields),
});
const signIn = (cookie = '', password = testPassword, name = 'Amina') =>
  shop.fetch('/sign-in', form({ name, password, next: '/desk' }, cookie));

it('gives a new visitor one lasting, signed, unreadable session', async () => {
  await withWho();
  const first = await who();
  const [cookie = ''] = first.answer.headers.getSetCookie();
  expect(cookie).toMatch(/^souk_session=g[\w-]{22}\.[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/);
  expect(first.roles).toEqual(['shopper']);
  expect(cookie).not.toContain(first.shopperId);

  const again = await who({ cookie: cookieOf(first.answer) });
  expect(again.shopperId).toBe(first.shopperId);
  expect(again.answer.headers.getSetCookie()).toEqual([]);
});

it('takes no session from a header, from a changed cookie, or from a cookie for staff that was never given', async () => {
  await withWho();
  const mine = cookieOf((await who()).answer);
  const { shopperId } = await who({ cookie: mine });

  const changed = `${mine.slice(0, -2)}AA`;
  const promoted = mine.replace('souk_session=g', 'souk_session=s');
  for (const cookie of [changed, promoted, 'souk_session=', 'souk_session=a.b']) {
    const visitor = await who({ cookie, 'souk-session': 'made-up' });
    expect(visitor.shopperId).not.toBe(shopperId);
    expect(visitor.roles).toEqual(['shopper']);
  }
});

it('keeps the cookie on https to this host and to secure connections', async () => {
  await withWho({ origin: 'https://souk.example', port: 4149 });
  const { answer } = await who();
  expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-souk_session=.*; Secure$/);
  expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
});

it('lets staff in with the password, under a new id, and out again for good', async () => {
  await withWho();
  const guest = await who();
  const guestCookie = cookieOf(guest.answer);
  const staffPage = await shop.fetch('/desk?tab=1', { headers: { accept: 'text/html', cookie: guestCookie } });
  expect(staffPage.status).toBe(303);
  expect(staffPage.headers.get('location')).toBe('/sign-in?next=%2Fdesk%3Ftab%3D1');

  const signedIn = await signIn(guestCookie);
  expect(signedIn.status).toBe(303);
  expect(signedIn.headers.get('location')).toBe('/desk');
  const staffCookie = cookieOf(signedIn);
  const staff = await who({ cookie: staffCookie });
  expect(staff.roles).toEqual(['shopper', 'staff']);
  // The cart that was there goes on; the cookie that was there does not.
  expect(staff.shopperId).toBe(guest.shopperId);
  expect((await who({ cookie: guestCookie })).shopperId).not.toBe(guest.shopperId);

  await shop.fetch('/sign-out', form({}, staffCookie));
  const after = await who({ cookie: staffCookie });
  expect(after.roles).toEqual(['shopper']);
  expect(after.shopperId).not.toBe(staff.shopperId);
});

it('tells the log which session is over when somebody signs in or out', async () => {
  await withWho();
  const guest = await who();
  const cookie = cookieOf(await signIn(cookieOf(guest.answer)));
  const staff = await who({ cookie });
  await shop.fetch('/sign-out', form({}, cookie));
  const over: unknown[] = [];
  for await (const { event } of shop.channel.read('shell.session.>')) over.push(event.data);
  // That of the staff, and the guest's that it had gone on with until then.
  expect(over).toEqual([{ sessionId: expect.not.stringMatching(guest.shopperId) }, { sessionId: staff.shopperId }]);
});

it('tells the members of the staff apart by the name they give, the same one on every device', async () => {
  await withWho();
  const memberAs = async (name: string) =>
    (await who({ cookie: cookieOf(await signIn('', testPassword, name)) })).member;
  const [amina, again, zaynab] = [
    await memberAs('Amina Haddad'),
    await memberAs('  AMINA  haddad '),
    await memberAs('Zaynab'),
  ];
  expect(amina).toEqual({ staffId: expect.stringMatching(/^st_[\w-]{16}$/), name: 'Amina Haddad' });
  expect(again?.staffId).toBe(amina?.staffId);
  expect(zaynab?.staffId).not.toBe(amina?.staffId);
  expect((await who()).member).toBeUndefined();
  // Nobody can look like a colleague by what is not to be seen.
  expect(await memberAs('\u202eAmi\u200bna\u2060 Haddad\u2069')).toEqual(amina);
  expect((await signIn('', testPassword, ' \u200b\u200e ')).status).toBe(400);
});

it('ends a staff session after twelve hours', async () => {
  await withWho();
  const cookie = cookieOf(await signIn());
  expect((await who({ cookie })).roles).toContain('staff');
  now += 12 * 60 * 60_000 + 1;
  expect((await who({ cookie })).roles).toEqual(['shopper']);
});

it('ends all event streams of a session within a second of its sign-out, also those that other nodes serve', async () => {
  await withWho();
  const node = await gatewayFixture([], { channel: shop.channel, dataDir: shop.dir });
  const cookie = cookieOf(await signIn());
  const streams = await Promise.all([shop, shop, node, node].map(({ url }) => readStream(`${url}/push`, { cookie })));
  const other = await readStream(`${node.url}/push`, { cookie: cookieOf(await signIn()) });
  await shop.fetch('/sign-out', form({}, cookie));
  const messages = await within(1_000, Promise.all(streams.map((stream) => stream.next())));
  expect(messages.map(({ event }) => event)).toEqual(['end', 'end', 'end', 'end']);
  await within(1_000, Promise.all(streams.map(({ ended }) => ended)));

  await shop.push('staff', { n: 1 });
  expect(await other.next()).toMatchObject({ data: { detail: { n: 1 } } });
  other.close();
  await node.gateway.close();
});

it('ends the event streams of a guest who signs in, also those that another node without the same files serves', async () => {
  await withWho();
  const node = await gatewayFixture([], { channel: shop.channel });
  const cookie = cookieOf((await who()).answer);
  const streams = await Promise.all([shop, node].map(({ url }) => readStream(`${url}/push`, { cookie })));
  await signIn(cookie);
  await within(1_000, Promise.all(streams.map(({ ended }) => ended)));
  await node.gateway.close();
});

it('ends the event streams of a staff session within a second of its time being up', async () => {
  await withWho();
  const cookie = cookieOf(await signIn());
  const streams = [await readStream(`${shop.url}/push`, { cookie }), await readStream(`${shop.url}/push`, { cookie })];
  now += 12 * 60 * 60_000 + 1;
  await within(1_000, Promise.all(streams.map(({ ended }) => ended)));
});

it('refuses a wrong password, then makes a guesser wait, and forgives in time', async () => {
  await withWho();
  for (let attempt = 0; attempt < 5; attempt++) {
    const wrong = await signIn('', 'guess');
    expect(wrong.status).toBe(403);
    expect(await wrong.text()).toContain('Name or password is wrong.');
  }
  const tooSoon = await signIn();
  expect(tooSoon.status).toBe(429);
  expect(tooSoon.headers.get('retry-after')).toBe('2');
  now += 2_001;
  expect((await signIn()).status).toBe(303);
});

it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/a\nb'])(
  'never sends anybody to %j after the sign-in',
  async (next) => {
    await withWho();
    const answer = await shop.fetch('/sign-in', form({ name: 'Amina', password: testPassword, next }));
    expect(answer.headers.get('location')).toBe('/desk');
  },
);

it('takes an address that names two ways back for one that names none', async () => {
  shop = await gatewayFixture();
  const answer = await shop.fetch('/sign-in?next=/tiny&next=/other');
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('name="next" value="/desk"');
});

it('keeps what is nothing but pages of the staff out of the documents of everybody else', async () => {
  shop = await gatewayFixture([{ name: 'tiny' }, { name: 'ops', routes: ['/ops/events'], pagesOnly: true }]);
  const html = { accept: 'text/html' };
  const sentAway = await shop.fetch('/ops/events?event=e_1', { headers: html });
  expect(sentAway.headers.get('location')).toBe('/sign-in?next=%2Fops%2Fevents%3Fevent%3De_1');
  expect(await (await shop.fetch('/tiny', { headers: html })).text()).not.toContain('@souk/mfe-ops');

  const staff = { ...html, cookie: cookieOf(await signIn()) };
  expect(await (await shop.fetch('/tiny', { headers: staff })).text()).toContain('@souk/mfe-ops');
  expect((await shop.fetch('/ops/events', { headers: staff })).status).toBe(200);
  expect(await (await shop.fetch('/readyz')).json()).toMatchObject({
    ...{ backends: ['tiny'], backendsMissing: ['tiny'] },
    frontends: { tiny: '1.0.0', ops: '1.0.0' },
  });
});

/** A promise of the product: it happens in this time. */
const within = async <Value>(ms: number, happening: Promise<Value>): Promise<Value> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`not within ${ms} ms`)), ms);
  return Promise.race([happening, late.promise]).finally(() => clearTimeout(timer));
};
