import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOwnShop, type OwnShop } from '../shop/start-shop.ts';
import { souk } from '../testing/run-souk.ts';
import { tempFolder } from '../testing/temp-folder.ts';

const dataDir = tempFolder();
let shop: OwnShop;
beforeAll(async () => {
  shop = await startOwnShop({ PATH: process.env['PATH'], DATA_DIR: dataDir });
}, 60_000);
afterAll(() => shop?.close(), 20_000);

const run = (...args: string[]) => souk([...args, '--url', shop.url], { DATA_DIR: dataDir });

it('list tells the read models of all backends', async () => {
  const listed = await run('projections', 'list');
  expect(listed).toMatchObject({ code: 0, stderr: '' });
  expect(listed.stdout).toMatch(/^READ MODEL +POSITION +BEHIND +STATE\n/);
  expect(listed.stdout).toMatch(/^catalog\/catalog-products +catalog \d+ +0 +serves$/m);
  expect(listed.stdout).toMatch(/^chat\/chat-inbox +chat \d+ +0 +serves$/m);
});

it('rebuild builds all read models of a backend, or the one that is named', async () => {
  const text = await run('projections', 'rebuild', 'catalog');
  expect(text.code).toBe(0);
  expect(text.stdout).toMatch(
    /^catalog\/catalog-products: [\d,]+ events in [\d.]+ s \([\d,]+ events\/s\), changed over in [\d.]+ ms\n$/,
  );
  const json = await run('projections', 'rebuild', 'chat', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({
    rebuilt: [
      { name: 'chat/chat-conversation', state: 'rebuilt' },
      { name: 'chat/chat-inbox', state: 'rebuilt' },
      { name: 'chat/chat-desk', state: 'rebuilt' },
    ],
  });
  const one = await run('projections', 'rebuild', 'chat/chat-inbox', '--json');
  expect(JSON.parse(one.stdout)).toMatchObject({ rebuilt: [{ name: 'chat/chat-inbox' }] });
});

it('a name that is none is told in one line with those that are', async () => {
  expect(await run('projections', 'rebuild', 'catalogue')).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^there is no read model "catalogue"; there are: .*catalog\/catalog-products.*\n$/),
  });
  expect((await run('projections', 'rebuild')).code).toBe(2);
});
