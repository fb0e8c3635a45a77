import { expect, it } from 'vitest';
import { csvOf, jsonLinesOf } from './export.ts';

const column = (name: string) => ({ name, type: 'any' as const });
const answer = {
  columns: [column('name'), column('n, or not'), column('n, or not')],
  rows: [
    ['Say "hi"\nthere', 1.5, null],
    ['=1+1', -2, '-'],
  ],
};

it('CSV quotes what must be quoted, and lets no text become a formula', () => {
  expect(csvOf(answer)).toBe(`name,"n, or not","n, or not"\r\n"Say ""hi""\nthere",1.5,\r\n'=1+1,-2,'-\r\n`);
});

it('JSON lines keep every column, also those of the same name', () => {
  expect(jsonLinesOf(answer)).toBe(
    `{"name":"Say \\"hi\\"\\nthere","n, or not":1.5,"n, or not_2":null}\n{"name":"=1+1","n, or not":-2,"n, or not_2":"-"}\n`,
  );
});

it('an answer without rows has its head in CSV, and is empty in JSON lines', () => {
  expect([csvOf({ ...answer, columns: [column('a')], rows: [] }), jsonLinesOf({ ...answer, rows: [] })]).toEqual([
    ...['a\r\n', ''],
  ]);
});
