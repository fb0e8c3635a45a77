import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accepts } from './accepts.ts';
import { mismatchOf } from './fits.ts';
import type { JsonValue, Schema } from './schema.ts';
import { arbitraryFitting, arbitrarySchema, arbitraryPair } from './testing/arbitrary-schema.ts';

const ajv = new Ajv2020({ strict: false });
const text = { type: 'string' };
const open = { type: 'object', required: ['a'], properties: { a: text } };
const closed = { ...open, additionalProperties: false };

describe('what fits', () => {
  it.each<[string, Schema, Schema]>([
    ['anything into anything', {}, {}],
    ['a schema into itself', open, open],
    ['more members than are known', { ...closed, properties: { a: text, b: text } }, open],
    ['an integer where a number is accepted', { type: 'integer' }, { type: 'number' }],
    ['a value of a list into a longer list', { enum: ['a'] }, { enum: ['a', 'b'] }],
    ['a value into a type', { const: 3 }, { type: 'integer', minimum: 1 }],
    ['a narrower range', { type: 'integer', minimum: 2, maximum: 3 }, { type: 'integer', minimum: 1 }],
    ['both booleans', { type: 'boolean' }, { enum: [true, false] }],
    [
      'each shape into one of the accepted ones',
      { anyOf: [{ type: 'null' }, closed] },
      { anyOf: [open, { type: 'null' }] },
    ],
    ['a member that is new for the listener', closed, { ...open, properties: { a: text, later: text } }],
    ['an empty list of anything', { type: 'array', maxItems: 0 }, { type: 'array', items: text }],
    ['an unknown keyword of the sender, which only makes it narrower', { ...text, format: 'date' }, text],
    ['a description', { description: 'a', ...text }, { description: 'b', ...text }],
    ['the same, whatever it means', { not: { type: 'null' } }, { not: { type: 'null' } }],
    [
      'a member of any name',
      JSON.parse('{"type":"object","properties":{"__proto__":{"const":1}},"additionalProperties":false}') as Schema,
      JSON.parse('{"properties":{"__proto__":{"type":"integer"}}}') as Schema,
    ],
    ['nothing at all', { type: 'object', properties: { a: false }, required: ['a'] } as Schema, { type: 'object' }],
  ])('%s', (_what, sent, accepted) => expect(mismatchOf(sent, accepted)).toBeUndefined());
});

describe('what does not fit, and why', () => {
  it.each<[Schema, Schema, string, string]>([
    [{ ...open, required: [] }, open, '/a', 'it may be left out, and is required'],
    [{ ...closed, properties: { b: text }, required: [] }, open, '/a', 'it is not sent, and is required'],
    [text, { type: 'integer' }, '', 'a text may be sent, and only an integer is accepted'],
    [{ type: 'number' }, { type: 'integer' }, '', 'a number may be sent, and only an integer is accepted'],
    [{ enum: ['a', 'c'] }, { enum: ['a', 'b'] }, '', '"c" may be sent, and is not accepted: only "a" or "b" is'],
    [text, { enum: ['a', 'b'] }, '', 'any text may be sent, and only "a" or "b" is accepted'],
    [text, { ...text, minLength: 1 }, '', 'as little as 0 characters may be sent, and only 1 characters or more'],
    [text, { ...text, maxLength: 9 }, '', 'more than 9 characters may be sent, and only 9 characters or less'],
    [{ type: 'integer' }, { type: 'integer', minimum: 0 }, '', 'any small number may be sent, and only 0 or more'],
    [text, { ...text, pattern: '^a' }, '', 'any text may be sent, and only one that matches ^a is accepted'],
    [{ ...text, pattern: '^ab' }, { ...text, pattern: '^a' }, '', 'cannot be told; use the same pattern'],
    [open, { ...open, properties: { a: text, b: text } }, '/b', 'are left open, so here an object may be sent'],
    [open, closed, '/*', 'it may be sent, and is not accepted'],
    [{ type: 'array', items: {} }, { type: 'array', items: text }, '/*', 'only a text is accepted'],
    [closed, { anyOf: [{ type: 'null' }, { ...open, required: ['a', 'b'] }] }, '/b', 'by any of the accepted shapes'],
    [{}, { not: { type: 'null' } }, '', '"not" in what is accepted cannot be compared; write it without'],
    [{}, { type: 'strange' }, '', '"type" in what is accepted cannot be compared'],
    [{ const: 1 }, { anyOf: [{ not: {} }] }, '', 'whether 1 is accepted cannot be told'],
  ])('%j into %j', (sent, accepted, pointer, why) => {
    expect(mismatchOf(sent, accepted)).toEqual({ pointer, why: expect.stringContaining(why) as string });
  });

  it('schemas too deep to be compared, without any end in sight', () => {
    const deep = (levels: number): Schema => (levels === 0 ? text : { type: 'array', items: deep(levels - 1) });
    const wide = (levels: number, minLength: number): Schema =>
      levels === 0 ? { ...text, minLength } : { anyOf: [wide(levels - 1, minLength), wide(levels - 1, minLength + 1)] };
    expect(mismatchOf(deep(100), deep(101))?.why).toContain('too deep');
    expect(mismatchOf(wide(9, 0), wide(9, 100))).toBeDefined();
  });
});

describe('the check is sound', () => {
  // The long form is SOUK_LONG=1: 20,000 pairs that are called compatible, rather than 300.
  const wanted = process.env['SOUK_LONG'] === undefined ? 300 : 20_000;

  it('no document that fits what is sent fails what is accepted, for every pair called compatible', () => {
    let compatible = 0;
    let refused = 0;
    let documents = 0;
    const seeds = fc.sample(fc.integer(), {
      numRuns: wanted * 6,
      ...(process.env['SOUK_SEED'] && { seed: Number(process.env['SOUK_SEED']) }),
    });
    for (const seed of seeds) {
      if (compatible >= wanted) break;
      const [[sent, accepted] = [{}, {}]] = fc.sample(arbitraryPair, { numRuns: 1, seed });
      if (mismatchOf(sent, accepted) !== undefined) {
        refused++;
        continue;
      }
      compatible++;
      const [fitsSent, fitsAccepted] = [ajv.compile(sent), ajv.compile(accepted)];
      for (const document of fc.sample(arbitraryFitting(sent), { numRuns: 20, seed })) {
        if (!fitsSent(document)) continue;
        documents++;
        expect(fitsAccepted(document), `seed ${seed}: ${JSON.stringify({ sent, accepted, document })}`).toBe(true);
      }
    }
    expect(compatible).toBe(wanted);
    expect(documents).toBeGreaterThan(wanted * 5);
    expect(refused).toBeGreaterThan(wanted / 10);
  }, 600_000);

  it('calls every schema compatible with itself, so that a deployment without changes always passes', () => {
    fc.assert(
      fc.property(arbitrarySchema, (schema) => {
        expect(mismatchOf(schema, structuredClone(schema))).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  it('accepts exactly the documents that ajv accepts', () => {
    fc.assert(
      fc.property(
        arbitrarySchema.chain((schema) => fc.tuple(fc.constant(schema), arbitraryFitting(schema))),
        ([schema, document]) => {
          expect(accepts(schema, document as JsonValue)).toBe(ajv.compile(schema)(document));
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);

  it('makes something of any JSON that is given as a schema', () => {
    const anything = fc.dictionary(
      fc.constantFrom('type', 'anyOf', 'enum', 'properties', 'items', 'required', 'pattern', 'x'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(anything, anything, (a, b) => void mismatchOf(a, b)),
      { numRuns: 2000 },
    );
  });
});
