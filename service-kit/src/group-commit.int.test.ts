import { afterEach, beforeEach, expect, test } from 'vitest';
import { groupCommit } from './group-commit.ts';
import { openDatabase } from './sqlite.ts';
import type { Database } from './sqlite.ts';

let db: Database;
beforeEach(() => {
  db = openDatabase({ file: ':memory:', migrations: ['CREATE TABLE seen (n INTEGER PRIMARY KEY)'] });
});
afterEach(() => db.close());

const insert = (n: number) => () => void db.run('INSERT INTO seen (n) VALUES (?)', n);
const seen = () => db.all<{ n: number }>('SELECT n FROM seen ORDER BY n').map(({ n }) => n);

test('what is asked for in one turn is one transaction', async () => {
  const together = groupCommit(db);
  let begun = 0;
  const { transaction } = db;
  db.transaction = (work) => {
    begun++;
    return transaction(work);
  };
  await Promise.all([1, 2, 3].map((n) => together(insert(n))));
  expect(seen()).toEqual([1, 2, 3]);
  expect(begun).toBe(1 + 3);
});

test.each([1, 3])('what throws among %i leaves nothing of itself and all of the others', async (count) => {
  const together = groupCommit(db);
  const failing = together(() => {
    insert(99)();
    throw new Error('no');
  });
  const others = Array.from({ length: count - 1 }, (_, index) => together(insert(index)));
  await expect(failing).rejects.toThrow('no');
  await Promise.all(others);
  expect(seen()).toEqual(Array.from({ length: count - 1 }, (_, index) => index));
});

test('when the transaction itself fails, everybody hears of it', async () => {
  const together = groupCommit(db);
  db.close();
  const results = await Promise.allSettled([together(() => undefined), together(() => undefined)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
