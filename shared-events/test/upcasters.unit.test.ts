import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { integrationSchemas, pastSchemas, upcast } from '../src/integration/index.ts';
import type { JsonSchema } from '../src/json-schema.ts';
import { goldenFolder } from '../scripts/golden.ts';
import type { Golden } from '../scripts/golden.ts';

const ajv = new Ajv2020({ strict: true, strictRequired: true });
const current: Readonly<Record<string, JsonSchema>> = integrationSchemas;
const past: Readonly<Record<string, JsonSchema>> = pastSchemas;
const schemas = { ...past, ...current };

const goldens = readdirSync(goldenFolder)
  .toSorted()
  .map((file) => ({
    type: basename(file, '.json'),
    ...(JSON.parse(readFileSync(join(goldenFolder, file), 'utf8')) as Golden),
  }));

it('each version of each event of the contract has a golden file, and no other has one', () => {
  const types = goldens.map(({ type }) => type);
  const hint = 'node shared-events/scripts/generate.ts writes those of new types; the file of a past version stays';
  expect(types, hint).toEqual(Object.keys(schemas).toSorted());
});

it('a type is either current or past, and of each event one version is current', () => {
  expect(Object.keys(past).filter((type) => type in current)).toEqual([]);
  const names = Object.keys(current).map((type) => type.replace(/\.v\d+$/, ''));
  expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
});

describe.each(goldens)('$type', ({ type, recorded, upcast: expected }) => {
  it('stands in the log as its schema says', () => {
    expect(recorded.type).toBe(type);
    expectValid(recorded);
  });

  it('is read as a current event, exactly as its golden file says', () => {
    const read = upcast(recorded);
    expect(read).toEqual(expected ?? recorded);
    expect(Object.keys(current)).toContain(read.type);
    expectValid(read);
  });

  it('stays as it is when it is brought up to date again', () => {
    const read = upcast(recorded);
    expect(upcast(read)).toBe(read);
  });

  it(type in past ? 'is not changed in place' : 'is returned as the same object', () => {
    const before = JSON.stringify(recorded);
    const read = upcast(recorded);
    expect(JSON.stringify(recorded)).toBe(before);
    expect(read === recorded).toBe(type in current);
  });
});

it('what is no event of the contract is returned as it is', () => {
  for (const type of ['notes.note-written.v1', 'constructor', '__proto__', '']) {
    const event = { type, data: null };
    expect(upcast(event)).toBe(event);
  }
});

function expectValid({ type, data }: { readonly type: string; readonly data: object }): void {
  const validate = ajv.compile(schemas[type] ?? {});
  validate(data);
  expect(validate.errors ?? []).toEqual([]);
}
