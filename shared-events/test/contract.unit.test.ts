import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { browserContract } from '../src/browser/contract.ts';
import * as browser from '../src/browser/index.ts';
import { integrationSchemas, subjectTypes } from '../src/integration/index.ts';
import type { JsonSchema } from '../src/json-schema.ts';
import { readContractUse } from '../scripts/contract-use.ts';
import { arbitraryDocument } from './arbitrary-document.ts';

const root = join(import.meta.dirname, '../..');
const ajv = new Ajv2020({ strict: true, strictRequired: true });

const guarded = browserContract.flatMap(({ event, schema, replySchema }) => [
  { name: event.type, guard: event.is, schema },
  ...(event.isReply && replySchema ? [{ name: `${event.type}:reply`, guard: event.isReply, schema: replySchema }] : []),
]);

describe('names', () => {
  it.each(browserContract)('file, class and owner follow from the event type $event.type', ({ event }) => {
    const file = event.type.replace(':', '-');
    expect(readdirSync(join(root, 'shared-events/src/browser'))).toContain(`${file}.ts`);
    expect(event.name).toBe(file.replace(/(^|-)(.)/g, (_, _dash, letter: string) => letter.toUpperCase()));
    expect(event.owner).toBe(event.type.split(':')[0]);
    expect(browser).toHaveProperty(event.name, event);
  });

  it('every file of an event is in the contract', () => {
    const files = readdirSync(join(root, 'shared-events/src/browser')).filter((file) => file.includes('-'));
    const events = files.filter((file) => !file.includes('.test'));
    expect(events.toSorted()).toEqual(
      browserContract.map(({ event }) => `${event.type.replace(':', '-')}.ts`).toSorted(),
    );
  });
});

describe('schemas', () => {
  it.each(guarded)('the guard of $name agrees with ajv on every document', ({ guard, schema }) => {
    const validate = ajv.compile(schema);
    const seen = { accepted: 0, rejected: 0 };
    fc.assert(
      fc.property(arbitraryDocument(schema), (document) => {
        const expected = validate(document);
        seen[expected ? 'accepted' : 'rejected']++;
        expect(guard(document)).toBe(expected);
      }),
      { numRuns: 500 },
    );
    expect(seen.accepted).toBeGreaterThan(20);
    expect(seen.rejected).toBeGreaterThan(0);
  });

  it.each(Object.entries<JsonSchema>(integrationSchemas))('%s is sound and open to new members', (_type, schema) => {
    expect(() => ajv.compile(schema)).not.toThrow();
    expect(schema.type).toBe('object');
    expect(schema).not.toHaveProperty('additionalProperties');
  });

  it('no browser event has a place for a secret, an address, a card or the text of a message', () => {
    const forbidden = /email|street|city|postcode|country|card|last4|token|password|secret|^text$|author|shopperId/i;
    const names = guarded.flatMap(({ name, schema }) => memberNames(schema).map((member) => `${name}.${member}`));
    expect(names.filter((name) => forbidden.test(name.slice(name.lastIndexOf('.') + 1)))).toEqual([]);
  });
});

describe('integration contract', () => {
  it('every type stands on a subject, and its stream is its owner', () => {
    const placed = Object.entries(subjectTypes).flatMap(([subject, types]) => types.map((type) => ({ subject, type })));
    expect([...new Set<string>(placed.map(({ type }) => type))].toSorted()).toEqual(
      Object.keys(integrationSchemas).toSorted(),
    );
    const foreign = placed
      .map(({ subject, type }) => ({ stream: subject.split('.')[0], owner: type.split('.')[0] }))
      .filter(({ stream, owner }) => stream !== owner);
    // The shell has a second stream, whose messages each backend may append.
    for (const placement of foreign) expect(placement).toEqual({ stream: 'push', owner: 'shell' });
  });

  it('every type names its owner, what happened and its version', () => {
    for (const type of Object.keys(integrationSchemas)) expect(type).toMatch(/^[a-z]+\.[a-z-]+\.v[0-9]+$/);
  });
});

describe('manifests', () => {
  it('name only events of the contract, in the list of their kind', async () => {
    const kinds = new Map(browserContract.map(({ event }) => [event.type, event.kind]));
    for (const { emits, pushes, listens, requests, handles } of await readContractUse(root)) {
      for (const type of [...emits, ...pushes, ...listens])
        expect([type, kinds.get(type)]).toEqual([type, expect.stringMatching(/fact|state/)]);
      for (const type of [...requests, ...handles]) expect([type, kinds.get(type)]).toEqual([type, 'request']);
    }
  });
});

function memberNames(schema: JsonSchema): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => [name, ...memberNames(member)]);
  return [...own, ...(schema.anyOf ?? []).flatMap(memberNames), ...(schema.items ? memberNames(schema.items) : [])];
}
