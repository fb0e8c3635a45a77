import * as fc from 'fast-check';
import type { JsonSchema } from '../src/json-schema.ts';

/** Documents near a schema: mostly valid at each place, now and then off by one, of another type, or missing. */
export function arbitraryDocument(schema: JsonSchema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 30, arbitrary: near(schema) }, { weight: 1, arbitrary: fc.jsonValue() });
}

function near(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.oneof({ weight: 9, arbitrary: fc.constant(schema.const) }, fc.string());
  if (schema.enum) return fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...schema.enum) }, fc.string());
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(arbitraryDocument));
  if (schema.type === 'object') return nearObject(schema);
  if (schema.type === 'array') return fc.array(arbitraryDocument(schema.items ?? {}), { maxLength: 4 });
  if (schema.type === 'integer') return nearInteger(schema);
  if (schema.type === 'number')
    return fc.oneof(
      { weight: 9, arbitrary: fc.double({ min: schema.minimum ?? -1000, noNaN: true }) },
      nearInteger(schema),
    );
  if (schema.type === 'string') return nearString(schema);
  if (schema.type === 'boolean') return fc.boolean();
  return fc.constant(null);
}

function nearObject({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<unknown> {
  const members = Object.entries(properties).map(([name, schema]) => [name, arbitraryDocument(schema)] as const);
  const record = Object.fromEntries(members);
  const whole = fc.record(record, { requiredKeys: [...required] });
  const extra = fc
    .tuple(whole, fc.dictionary(fc.string(), fc.jsonValue()))
    .map(([known, more]) => ({ ...more, ...known }));
  return fc.oneof(
    { weight: 20, arbitrary: whole },
    { weight: 3, arbitrary: extra },
    { weight: 1, arbitrary: fc.record(record, { requiredKeys: [] }) },
  );
}

function nearInteger({ minimum = -1000, maximum = 1000 }: JsonSchema): fc.Arbitrary<unknown> {
  const edges = [minimum - 1, minimum, maximum, maximum + 1, minimum + 0.5, Number.MAX_VALUE];
  return fc.oneof({ weight: 20, arbitrary: fc.integer({ min: minimum, max: maximum }) }, fc.constantFrom(...edges));
}

/** Characters of two code units tell counting code points from counting `length`. */
function nearString({ minLength = 0, maxLength = 300, pattern }: JsonSchema): fc.Arbitrary<unknown> {
  const edges = [minLength - 1, minLength, maxLength, maxLength + 1].map(ofLength);
  const matching = pattern ? [{ weight: 4, arbitrary: fc.stringMatching(new RegExp(pattern, 'u')) }] : [];
  const usual = fc.oneof(fc.string({ minLength: 1, maxLength: 20 }), ...matching);
  return fc.oneof({ weight: 20, arbitrary: usual }, ...edges);
}

const ofLength = (length: number): fc.Arbitrary<string> =>
  fc.constantFrom('a', '😀').map((character) => character.repeat(Math.max(0, length)));
