import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOwnShop, type OwnShop } from '../shop/start-shop.ts';
import { souk } from '../testing/run-souk.ts';
import { tempFolder } from '../testing/temp-folder.ts';

const dataDir = tempFolder();
const env = { PATH: process.env['PATH'], DATA_DIR: dataDir };
let shop: OwnShop;
beforeAll(async () => {
  shop = await startOwnShop(env);
}, 60_000);
afterAll(() => shop?.close(), 20_000);

const run = (...args: string[]) => souk(['erase-person', '--url', shop.url, ...args], { DATA_DIR: dataDir });
const rebuild = (name: string) => souk(['projections', 'rebuild', name, '--url', shop.url], { DATA_DIR: dataDir });

/** Words that stand nowhere but in what a person has told the shop. */
const wordsOf = (name: string) => ({
  name: `${name} Qwertzson-Marker`,
  email: `${name.toLowerCase()}.marker@qwertz.example`,
  street: `${name}-Marker-Alley 4711`,
  city: `${name}markertown`,
  said: `My ${name}-secret-sentence is mine`,
  answered: `Dear ${name}-in-the-answer, of course`,
});
type Words = ReturnType<typeof wordsOf>;
const [zelda, bruno] = [wordsOf('Zelda'), wordsOf('Bruno')];

it('erases a person from every file, and nobody else, and the shop goes on', async () => {
  const gone = await shopAs(zelda);
  const stays = await shopAs(bruno);
  const keys = keysOnDisk();
  // Two of each shopper, and one of the person at the desk.
  expect(keys).toHaveLength(5);
  expect(inFiles(words(zelda))).toEqual([]);

  const erased = await run('--order', gone.orderId, '--yes', '--json');
  expect(erased).toMatchObject({ code: 0 });
  expect(erased.stderr).toMatch(/^\S+: 1 order, \d messages\n$/);
  const { personId } = (JSON.parse(erased.stdout) as { erased: { personId: string }[] }).erased[0]!;
  expect(JSON.parse(erased.stdout)).toMatchObject({
    erased: [
      {
        personId,
        done: true,
        owners: [
          { owner: 'account', unsealed: 0 },
          { owner: 'bell', unsealed: 0 },
          { owner: 'cart', unsealed: 0 },
          { owner: 'chat', unsealed: 0 },
        ],
      },
    ],
  });
  const left = keysOnDisk();
  const shredded = keys.filter((key) => !left.some((other) => other.equals(key)));
  expect(shredded).toHaveLength(2);

  await expectErased(gone, stays, shredded);
  for (const name of ['bell', 'cart', 'chat']) expect(await rebuild(name)).toMatchObject({ code: 0 });
  await expectErased(gone, stays, shredded);
  await shop.close();
  expectNothingLeft(shredded);
  shop = await startOwnShop(env);
  await expectErased(gone, stays, shredded);

  // Who comes again as the same person begins anew, and can be erased again.
  const again = await shopAs({ ...zelda, said: 'Back again' }, gone.cookie);
  expect(await orderOf(again)).toMatchObject({ delivery: { name: zelda.name } });
  expect(await orderOf(gone)).toMatchObject({ erased: true });
  expect(await run('--yes', '--', personId)).toMatchObject({
    code: 0,
    stdout: `${personId} is erased\n  account  erased\n  bell     erased\n  cart     erased\n  chat     erased\n`,
  });
  expect(await orderOf(again)).toMatchObject({ erased: true, delivery: { name: '' } });
}, 240_000);

it('finds a person by email and by conversation, and says so when there is nobody', async () => {
  const [one] = [await shopAs(wordsOf('Carla'))];
  const byEmail = await run('--email', 'carla.MARKER@qwertz.example');
  expect(byEmail.code).toBe(2);
  expect(byEmail.stderr).toMatch(/^\S+: 1 order, \d messages\nsouk erase-person: nobody can be asked here; say --yes/);
  const byConversation = await run('--conversation', one.conversationId);
  expect(byConversation.stderr.split(':')[0]).toBe(byEmail.stderr.split(':')[0]);
  const nobody = await run('s_nobody', '--yes');
  expect(nobody).toMatchObject({ code: 1, stdout: '', stderr: 'nobody is found by s_nobody\n' });
  const both = await run('s_nobody', '--order', one.orderId);
  expect(both.code).toBe(2);
}, 120_000);

interface Visit {
  readonly cookie: string;
  readonly orderId: string;
  readonly conversationId: string;
}

async function expectErased(gone: Visit, stays: Visit, shredded: readonly Buffer[]): Promise<void> {
  expectNothingLeft(shredded);
  const order = await orderOf(gone);
  expect(order).toMatchObject({ erased: true, delivery: { name: '', email: '' }, payment: { last4: '' } });
  expect(order).toMatchObject({ orderId: gone.orderId, lines: [{ quantity: 1 }] });
  const { messages } = await messagesOf(gone);
  expect(messages.filter(({ from }) => from !== 'shop').map(({ text, erased }) => [text, erased])).toEqual([
    ['', true],
    ['', true],
  ]);
  expect(await orderOf(stays)).toMatchObject({ delivery: { name: bruno.name }, payment: { last4: '4242' } });
  expect((await messagesOf(stays)).messages.map(({ text }) => text)).toEqual(
    expect.arrayContaining([bruno.said, bruno.answered]),
  );
}

function expectNothingLeft(shredded: readonly Buffer[]): void {
  const keys = shredded.flatMap((key) => [
    key,
    ...['hex', 'base64url', 'base64'].map((as) => key.toString(as as 'hex')),
  ]);
  expect(inFiles([...words(zelda), ...keys])).toEqual([]);
}

/** What of this stands in any file of the data folder, as it is or in base64 at any offset. */
function inFiles(wanted: readonly (string | Buffer)[]): string[] {
  const entries = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map(({ parentPath, name }) => ({ name, bytes: readFileSync(join(parentPath, name)) }));
  expect(files.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['events.db', 'cart.db', 'chat.db', 'payments.db', 'keys-cart.db', 'keys-chat.db']),
  );
  return wanted.flatMap((one) => {
    const text = Buffer.from(one);
    const encoded = [0, 1, 2].map((offset) =>
      Buffer.concat([Buffer.alloc(offset), text])
        .toString('base64')
        .slice(4, -4)
        .replaceAll('=', ''),
    );
    const found = files.filter(({ bytes }) => [text, ...encoded].some((form) => bytes.includes(form)));
    return found.map(({ name }) => `${text.toString()} in ${name}`);
  });
}

const words = (of: Words): string[] => Object.values(of);

function keysOnDisk(): Buffer[] {
  return ['cart', 'chat'].flatMap((name) => {
    const db = new DatabaseSync(join(dataDir, `keys-${name}.db`), { readOnly: true, timeout: 5000 });
    const rows = db.prepare('SELECT key FROM key_slot WHERE key <> zeroblob(32)').all();
    db.close();
    return rows.map(({ key }) => Buffer.from(key as Uint8Array));
  });
}

async function shopAs(person: Words, cookie?: string): Promise<Visit> {
  const own = cookie ?? cookieOf(await fetch(`${shop.url}/`));
  const post = async (path: string, json: unknown, headers = {}): Promise<never> => {
    const answer = await send(own, path, json, headers);
    expect(answer.status, `${path}: ${await answer.clone().text()}`).toBeLessThan(300);
    return (await answer.json()) as never;
  };
  const { products } = (await (await fetch(`${shop.url}/api/catalog/products`)).json()) as {
    products: { slug: string }[];
  };
  const product = await fetch(`${shop.url}/api/catalog/products/${products[0]?.slug}`, { headers: { cookie: own } });
  const { variants } = (await product.json()) as { variants: { sku: string }[] };
  const cart: { totalCents: number } = await post('/api/cart/lines', { sku: variants[0]?.sku, quantity: 1 });
  const card = { cardNumber: '4242424242424242', expiryMonth: 12, expiryYear: 2090, cvc: '123' };
  const { token }: { token: string } = await post('/api/cart/payment-tokens', card);
  const { name, email, street, city } = person;
  const delivery = { name, email, street, city, postcode: '04109', country: 'DE' };
  const wish = { delivery, paymentToken: token, expectedTotalCents: cart.totalCents };
  const { orderId }: { orderId: string } = await post('/api/cart/checkout', wish, {
    'idempotency-key': crypto.randomUUID(),
  });
  await expect
    .poll(async () => (await orderOf({ cookie: own, orderId })).status, { timeout: 20_000 })
    .toBe('confirmed');
  const message = { clientMsgId: crypto.randomUUID(), text: person.said };
  const { conversationId }: { conversationId: string } = await post('/api/chat/messages', message);
  await asStaff('/api/chat/messages', { conversationId, clientMsgId: crypto.randomUUID(), text: person.answered });
  return { cookie: own, orderId, conversationId };
}

async function asStaff(path: string, json: unknown): Promise<void> {
  const { staffPassword } = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as {
    staffPassword: string;
  };
  const signedIn = await fetch(`${shop.url}/sign-in`, {
    ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams({ name: 'Test', password: staffPassword }) },
  });
  expect((await send(cookieOf(signedIn), path, json)).status).toBeLessThan(300);
}

function cookieOf(answer: Response): string {
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

function send(cookie: string, path: string, json: unknown, headers = {}): Promise<Response> {
  return fetch(shop.url + path, {
    ...{ method: 'POST', headers: { cookie, 'content-type': 'application/json', ...headers } },
    body: JSON.stringify(json),
  });
}

async function orderOf({ cookie, orderId }: Pick<Visit, 'cookie' | 'orderId'>): Promise<{ status?: string }> {
  return (await (await fetch(`${shop.url}/api/cart/orders/${orderId}`, { headers: { cookie } })).json()) as object;
}

async function messagesOf({ cookie, conversationId }: Visit) {
  const path = `/api/chat/conversations/${conversationId}/messages`;
  return (await (await fetch(shop.url + path, { headers: { cookie } })).json()) as {
    messages: { from: string; text: string; erased?: boolean }[];
  };
}
