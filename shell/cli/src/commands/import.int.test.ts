import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startOwnShop, type OwnShop } from '../shop/start-shop.ts';
import { fakeShop, type FakeShop, type FakeShopOptions } from '../testing/fake-shop.ts';
import { souk } from '../testing/run-souk.ts';
import { tempFile, tempFolder } from '../testing/temp-folder.ts';

const dataDir = tempFolder();
const retail = join(import.meta.dirname, '../../../../../shared/data/retail-2465-products.csv');
const header = 'Title,URL handle,Description,SKU,Option1 name,Option1 value,Price,Inventory quantity\n';
const goods = tempFile('goods.csv', `${header}Cup,test-cup,"Thin, and\nwhite",TC,Glaze,Green,4.50,7\n`);
const withBadRows = tempFile(
  'bad.csv',
  `${header}Cup,test-cup,"Thin, and\nwhite",TC,Glaze,Green,4.50,7\n${'Pot,pot,,P,,,free,1\n'.repeat(25)}`,
);

let shop: OwnShop;
beforeAll(async () => {
  shop = await startOwnShop({ PATH: process.env['PATH'], DATA_DIR: dataDir });
}, 60_000);
afterAll(() => shop?.close(), 20_000);

const importFile = (file: string, ...options: string[]) =>
  souk(['import', file, '--url', shop.url, ...options], { DATA_DIR: dataDir });
// oxlint-disable-next-line typescript/no-explicit-any -- compared with what is expected, member by member
const get = async (path: string): Promise<any> => (await fetch(shop.url + path)).json();
/** Where the streams end that the catalogue follows; how far it has come may still change. */
const endsOfStreams = async () => {
  type Stream = { readonly stream: string; readonly position: number; readonly lag: number };
  const { followers } = (await get('/api/catalog/readyz')) as { followers: { streams: Stream[] }[] };
  return followers.map(({ streams }) => streams.map(({ stream, position, lag }) => [stream, position + lag]));
};

it.runIf(existsSync(retail))(
  'a real shop of 2,465 products arrives as it stands in the file, and again without a change',
  async () => {
    const first = await importFile(retail, '--json');
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({ rows: 2465, products: 2465, published: 2465, errors: [] });

    const rows = readCsv(readFileSync(retail, 'utf8'));
    const sample = rows.filter((_, index) => index % 97 === 0);
    expect(sample.length).toBeGreaterThan(20);
    for (const row of sample) {
      expect(await get(`/api/catalog/products/${row['URL handle']}`)).toMatchObject({
        title: row['Title'],
        description: row['Description'],
        vendor: row['Vendor'],
        options: [],
        variants: [
          {
            sku: row['SKU'],
            priceCents: Math.round(Number(row['Price']) * 100),
            currency: 'EUR',
            available: Number(row['Inventory quantity']),
          },
        ],
      });
    }

    const before = await endsOfStreams();
    const second = await importFile(retail, '--json');
    expect(JSON.parse(second.stdout)).toMatchObject({ published: 0, counted: 0, unchanged: 2465, errors: [] });
    expect(await endsOfStreams()).toEqual(before);
  },
  60_000,
);

it('tells at the end what it came to', async () => {
  const { code, stdout } = await importFile(goods);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^1 product in 1 row, read in \d+\.\d\d s/);
  expect(await get('/api/catalog/products/test-cup')).toMatchObject({
    description: 'Thin, and\nwhite',
    options: [{ name: 'Glaze', values: ['Green'] }],
    variants: [{ sku: 'TC', options: { Glaze: 'Green' }, priceCents: 450, available: 7 }],
  });
});

describe('rows that are refused', () => {
  it('are told with line and reason, the first twenty of them, and the rest goes on', async () => {
    const { code, stdout } = await importFile(withBadRows);
    const lines = stdout.trim().split('\n');
    expect(code).toBe(0);
    expect(lines[0]).toBe('line 4: the price "free" is no amount like 12.50');
    expect(lines.filter((line) => line.startsWith('line '))).toHaveLength(20);
    expect(lines[20]).toBe('and 5 more; --errors FILE writes all');
    expect(lines.at(-1)).toBe('Warning: 25 rows refused; the rest was taken.');
  });

  it('make a strict import fail, and are all written to a file on demand', async () => {
    const errors = join(tempFolder(), 'errors.txt');
    const { code } = await importFile(withBadRows, '--strict', '--errors', errors);
    expect(code).toBe(1);
    expect(readFileSync(errors, 'utf8').trim().split('\n')).toHaveLength(25);
  });
});

it('a file that is no product CSV is refused in one line that says what is missing', async () => {
  const { code, stderr } = await importFile(tempFile('list.csv', '{ "products": [] }\n'));
  expect(code).toBe(1);
  expect(stderr.trim()).toMatch(/^the shop does not take this file: the first line must name the columns "Title" and/);
});

it('a wrong password is told in one line, with where it came from', async () => {
  const { code, stderr } = await souk(['import', goods, '--url', shop.url], { STAFF_PASSWORD: 'not the one' });
  expect(code).toBe(1);
  expect(stderr).toBe(`the shop at ${shop.url} does not take the staff password from STAFF_PASSWORD\n`);
});

it('without any password it says where one is looked for', async () => {
  const { code, stderr } = await souk(['import', goods, '--url', shop.url], { DATA_DIR: '/nowhere' });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^no staff password: set STAFF_PASSWORD, or DATA_DIR .*\n$/);
});

it('status tells each backend and the live version of each micro frontend', async () => {
  const status = () => souk(['status', '--url', shop.url, '--json']);
  // What was imported is still being told to open pages.
  const { stdout } = await vi.waitFor(async () => {
    const said = await status();
    expect(said.code).toBe(0);
    return said;
  }, 30_000);
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'ready',
    channel: { adapter: 'sqlite' },
    backends: ['bell', 'cart', 'catalog', 'chat'].map((name) => ({ name, status: 'ready' })),
    frontends: expect.arrayContaining([{ name: 'cart', version: expect.stringMatching(/^\d+\.\d+\.\d+-/) as string }]),
  });
});

it('where no shop runs, one is started for the import, tells its new password, and leaves what it took', async () => {
  const env = { DATA_DIR: tempFolder(), PORT: '1' };
  const first = await souk(['import', goods], env);
  expect(first.stderr).toContain('No shop answers at http://localhost:1: starting one for the time of the import …');
  expect(first.stderr).toMatch(/^staff password \(made up just now, shown only this once\): \S+$/m);
  expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('1 new or changed, 0 unchanged') as string });

  const second = await souk(['import', goods], env);
  expect(second.stderr).not.toContain('staff password');
  expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('0 new or changed, 1 unchanged') as string });
}, 60_000);

it('a data folder that another shop works on is told in one line', async () => {
  const { code, stderr } = await souk(['import', goods], { DATA_DIR: dataDir, PORT: '1' });
  expect(code).toBe(1);
  expect(stderr.trim().split('\n').at(-1)).toMatch(/^no shop is running, and none can be started: DATA_DIR: .* in use/);
});

describe('a shop that does not keep its word', () => {
  let fake: FakeShop;
  const large = tempFile('large.csv', header + 'Cup,cup,,C,,,1,1\n'.repeat(400_000));
  const importInto = async (onImport: FakeShopOptions['onImport']) => {
    fake = await fakeShop({ onImport });
    const ended = await souk(['import', large, '--url', fake.url], { STAFF_PASSWORD: 'any' });
    await fake.close();
    return { ...ended, stderr: ended.stderr.trim().split('\n').at(-1) };
  };

  it('by going away in the middle, is told in one line', async () => {
    const { code, stderr } = await importInto((req) => req.once('data', () => req.socket.destroy()));
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `${fake.url} went away in the middle of the import; run it again, nothing is taken twice`,
    });
    expect(fake.paths).toContain('/sign-out');
  });

  it('by ending its answer too early, is told in one line', async () => {
    const { stderr } = await importInto((_req, res) => res.end('{"done":false,"products":1}\n'));
    expect(stderr).toContain('went away in the middle of the import');
  });

  it('by refusing while the file is still under way, is quoted', async () => {
    const { code, stderr } = await importInto((_req, res) =>
      res.writeHead(413, { 'content-type': 'application/problem+json' }).end('{"detail":"the file is too large"}'),
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'the shop does not take this file: the file is too large' });
  });
});

/** A CSV reader of the test's own, to compare with what the shop's reader made of the file. */
function readCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end !== ',') rows.push([]);
  }
  const [columns = [], ...records] = rows.filter((row) => row.length > 1);
  return records.map((record) => Object.fromEntries(columns.map((name, index) => [name, record[index] ?? ''])));
}
