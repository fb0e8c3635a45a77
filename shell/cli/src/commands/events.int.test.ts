import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOwnShop, type OwnShop } from '../shop/start-shop.ts';
import { souk } from '../testing/run-souk.ts';
import { tempFile, tempFolder } from '../testing/temp-folder.ts';

const dataDir = tempFolder();
let shop: OwnShop;
beforeAll(async () => {
  shop = await startOwnShop({ PATH: process.env['PATH'], DATA_DIR: dataDir });
  const header = 'Title,URL handle,Description,SKU,Price,Inventory quantity\n';
  await run('import', tempFile('goods.csv', `${header}Tree cup,tree-cup,Thin,TREE,4.50,7\n`));
}, 60_000);
afterAll(() => shop?.close(), 20_000);

const run = (...args: string[]) => souk([...args, '--url', shop.url], { DATA_DIR: dataDir });

it('query answers in SQL as a table, and in KQL as JSON, over the log and the read models', async () => {
  const sql = `SELECT subject, count(*) AS n FROM events WHERE type GLOB 'catalog.product*' AND data->>'slug' = 'tree-cup'`;
  const table = await run('events', 'query', sql);
  expect(table).toMatchObject({ code: 0, stderr: '' });
  expect(table.stdout).toMatch(
    /^subject +n\n-+ {2}-+\ncatalog\.product\.tree-cup {2}1\n\n1 row in [\d.]+ ms, true at position \d+\n$/,
  );

  const kql = await run(
    'events',
    'query',
    "catalog_products | where slug == 'tree-cup' | project title",
    '--kql',
    '--json',
  );
  expect(kql.stderr).toBe('');
  expect(JSON.parse(kql.stdout)).toMatchObject({ columns: [{ name: 'title', type: 'text' }], rows: [['Tree cup']] });
});

it('query prints CSV, and asks the past', async () => {
  const { stdout } = await run('events', 'query', 'SELECT count(*) AS n FROM events', '--csv', '--as-of', '3');
  expect(stdout).toBe('n\r\n3\r\n');

  const cups = `SELECT count(*) AS n FROM catalog_products WHERE slug = 'tree-cup'`;
  const countAsOf = async (...when: string[]) => (await run('events', 'query', cups, '--csv', ...when)).stdout;
  expect(await countAsOf()).toBe('n\r\n1\r\n');
  expect(await countAsOf('--as-of', '3')).toBe('n\r\n0\r\n');
  expect(await countAsOf('--as-of', new Date().toISOString())).toBe('n\r\n1\r\n');
  expect(await run('events', 'query', cups, '--as-of', '999999999')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^"asOf" is beyond the end of the log, which is at position \d+\n$/) as string,
  });
});

it('what is wrong with a query is told in one line', async () => {
  expect(await run('events', 'query', 'events | mv-expand data', '--kql')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'the operator "mv-expand" is not supported (at character 10)\n',
  });
  const denied = await run('events', 'query', 'PRAGMA database_list');
  expect(denied).toMatchObject({ code: 1, stderr: expect.stringMatching(/^.+ a query can only read\n$/) as string });
});

it('tail prints the last ones that match, and show tells one of them with its tree', async () => {
  const tail = await run('events', 'tail', '--subject', 'catalog.product.tree-cup', '--count', '1', '--json');
  const event = JSON.parse(tail.stdout) as { id: string; position: number };
  expect(event).toMatchObject({ type: 'catalog.product-published.v1', data: { slug: 'tree-cup' } });

  const shown = await run('events', 'show', event.id);
  expect(shown.code).toBe(0);
  expect(shown.stdout).toContain(`id             ${event.id}\n`);
  expect(shown.stdout).toContain(`▶ catalog.product-published.v1  catalog.product.tree-cup  #${event.position}`);
  const byPosition = await run('events', 'show', String(event.position), '--json');
  expect(JSON.parse(byPosition.stdout)).toMatchObject({ event: { id: event.id } });

  expect(await run('events', 'show', 'e_nothing')).toMatchObject({
    code: 1,
    stderr: 'there is no event with the id "e_nothing"\n',
  });
});
