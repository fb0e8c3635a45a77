import fc from 'fast-check';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { translateKql } from './translate.ts';

const tables = new Map([['t', ['a', 'time', "it's", 'say "x"']]]);
const sqlOf = (kql: string) => translateKql(kql, tables, new Date('2026-03-01T12:00:00Z')).sql;
const database = new DatabaseSync(':memory:');
database.exec(
  `CREATE TABLE t (a, time, "it's", "say ""x"""); INSERT INTO t VALUES (1, '2026-03-01T11:30:00.000Z', 3, 4)`,
);
/** A hundred queries each, and the first one loads the parser. */
const manyMs = 60_000;
const answer = (kql: string) => database.prepare(sqlOf(kql)).all();

it(
  'every text comes through a literal as it is',
  () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.string({ unit: 'grapheme' }), (ascii, any) => {
        const text = (ascii + any).replaceAll('\0', '').toWellFormed();
        expect(answer(`t | project x = ${JSON.stringify(text)}`)).toEqual([{ x: text }]);
        expect(answer(`t | where a == ${JSON.stringify(text)} | count`)).toEqual([{ Count: 0 }]);
      }),
    );
  },
  manyMs,
);

it('now() and ago() are of the moment of the question', () => {
  expect(answer('t | where time > ago(30m) | count')).toEqual([{ Count: 0 }]);
  expect(answer('t | where time >= ago(30m) | project now()')).toEqual([{ Column1: '2026-03-01T12:00:00.000Z' }]);
});

it('names with quotes are names', () => {
  expect(answer(`t | project ["it's"], x = ["it's"] + 1`)).toEqual([{ "it's": 3, x: 4 }]);
});

it(
  'whatever is written, the answer is SQL or an error with a reason',
  () => {
    const words = fc.constantFrom(
      't',
      '|',
      'where',
      'a',
      '==',
      '(',
      ')',
      "'x'",
      'time',
      'summarize',
      'by',
      'count()',
      'take',
      '1',
      ',',
      'extend',
      '=',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
        try {
          expect(sqlOf(parts.join(' '))).toMatch(/^SELECT /);
        } catch (error) {
          expect(error).toMatchObject({
            code: 'query-failed',
            reason: 'invalid',
            place: { start: expect.any(Number) as number },
          });
        }
      }),
      { numRuns: 300 },
    );
  },
  manyMs,
);
