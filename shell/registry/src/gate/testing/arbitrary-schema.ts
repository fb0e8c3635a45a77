import * as fc from 'fast-check';
import { isObject } from '../schema.ts';
import type { Schema } from '../schema.ts';

const name = fc.constantFrom('a', 'b', 'c', 'count', '/~');
const word = fc.constantFrom('red', 'green', 'blue', '', '😀');
const pattern = fc.constantFrom('^[a-z]+$', '^r', '😀');
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });

const leaf: fc.Arbitrary<Schema> = fc.oneof(
  fc.constantFrom<Schema>({}, { type: 'boolean' }, { type: 'null' }, { const: true }, { type: ['string', 'null'] }),
  word.map((value) => ({ const: value })),
  fc.uniqueArray(word, { minLength: 1 }).map((values) => ({ enum: values })),
  fc
    .record({ minLength: maybe(fc.nat(3)), maxLength: maybe(fc.integer({ min: 0, max: 6 })), pattern: maybe(pattern) })
    .map((keywords) => present({ type: 'string', ...keywords })),
  fc
    .record({
      type: fc.constantFrom('integer', 'number'),
      minimum: maybe(fc.integer({ min: -3, max: 3 })),
      maximum: maybe(fc.integer({ min: 0, max: 6 })),
    })
    .map(present),
);

const objectOf = (member: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> =>
  fc
    .record({
      properties: fc.array(fc.tuple(name, member), { maxLength: 3 }).map(fromEntries),
      required: fc.uniqueArray(name, { maxLength: 2 }),
      additionalProperties: fc.option(fc.oneof(fc.constant<Schema | false>(false), member), { nil: undefined }),
    })
    .map((keywords) => present({ type: 'object', ...keywords }));

/** Schemas of the part of JSON Schema that contracts are written in. */
export const arbitrarySchema: fc.Arbitrary<Schema> = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    objectOf(tie('schema')),
    fc
      .record({
        items: maybe(tie('schema')),
        minItems: maybe(fc.nat(2)),
        maxItems: maybe(fc.integer({ min: 0, max: 4 })),
      })
      .map((keywords) => present({ type: 'array', ...keywords })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    // Keywords beside `anyOf`, which hold as well.
    fc
      .tuple(objectOf(tie('schema')), fc.array(objectOf(tie('schema')), { minLength: 1, maxLength: 2 }))
      .map(([schema, anyOf]) => ({ ...schema, anyOf })),
  ),
})).schema;

/** Two schemas that are alike more often than not, as two versions of a contract are: every second pair is unrelated. */
export const arbitraryPair: fc.Arbitrary<readonly [Schema, Schema]> = fc.oneof(
  fc.tuple(arbitrarySchema, arbitrarySchema),
  arbitrarySchema.chain((schema) => changed(schema).map((other) => [schema, other] as const)),
  arbitrarySchema.chain((schema) => changed(schema).map((other) => [other, schema] as const)),
  arbitrarySchema.chain((schema) =>
    changed(schema)
      .chain(changed)
      .map((other) => [other, schema] as const),
  ),
);

/** The same with one keyword less, or another value for it, somewhere inside. */
const changed = (schema: Schema): fc.Arbitrary<Schema> => {
  const names = Object.keys(schema);
  if (names.length === 0) return arbitrarySchema;
  return fc.constantFrom(...names).chain((keyword): fc.Arbitrary<Schema> => {
    const value = schema[keyword];
    const without = fc.constant(fromEntries(Object.entries(schema).filter(([other]) => other !== keyword)));
    const inside = (inner: unknown): fc.Arbitrary<unknown> => (isObject(inner) ? changed(inner) : fc.constant(inner));
    const replaced = (): fc.Arbitrary<Schema> => {
      if (typeof value === 'number')
        return fc.integer({ min: 0, max: 5 }).map((other) => ({ ...schema, [keyword]: other }));
      if (keyword === 'anyOf' && Array.isArray(value)) {
        return fc
          .tuple(fc.nat(value.length - 1), changed(value[0] as Schema))
          .map(([at, member]) => ({ ...schema, anyOf: value.with(at, member) }));
      }
      if (keyword === 'properties' && isObject(value) && Object.keys(value).length > 0) {
        return fc.constantFrom(...Object.keys(value)).chain((member) =>
          inside(value[member]).map((other) => ({
            ...schema,
            properties: fromEntries([...Object.entries(value), [member, other]]),
          })),
        );
      }
      if (keyword === 'required')
        return fc.uniqueArray(name, { maxLength: 2 }).map((required) => ({ ...schema, required }));
      if (keyword === 'items' || keyword === 'additionalProperties') {
        return inside(value).map((other) => ({ ...schema, [keyword]: other }));
      }
      return leaf.map((other) => ({ ...schema, ...other }));
    };
    // Without its type a schema means something else for every type.
    return keyword === 'type' ? fc.oneof(without, replaced()) : fc.oneof(without, replaced(), replaced());
  });
};

/** Documents that fit a schema, most of the time. */
export const arbitraryFitting = (schema: Schema | boolean): fc.Arbitrary<unknown> => {
  if (typeof schema === 'boolean' || Object.keys(schema).length === 0) return anyDocument;
  const { type, anyOf, properties = {}, required = [] } = schema as SchemaParts;
  if (Object.hasOwn(schema, 'const')) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if (anyOf !== undefined) {
    return fc.oneof(
      ...anyOf.map((member) =>
        fc.oneof(arbitraryFitting({ ...schema, anyOf: undefined, ...member } as Schema), arbitraryFitting(member)),
      ),
    );
  }
  switch (type) {
    case 'object': {
      const others = schema['additionalProperties'];
      const known = Object.entries(properties).map(([key, member]) =>
        arbitraryFitting(member).map((value) => [key, value] as const),
      );
      const more = others === false ? [] : [fc.tuple(name, arbitraryFitting((others ?? {}) as Schema))];
      const wanted = required.filter((key) => !Object.hasOwn(properties, key));
      const needed = wanted.map((key) =>
        arbitraryFitting((others ?? {}) as Schema).map((value) => [key, value] as const),
      );
      return fc
        .tuple(
          fc.tuple(...more),
          fc.tuple(...known),
          fc.tuple(...needed),
          fc.uniqueArray(fc.constantFrom(...Object.keys(properties), 'a')),
        )
        .map(([extra, named, always, left]) =>
          fromEntries([...extra, ...named.filter(([key]) => required.includes(key) || !left.includes(key)), ...always]),
        );
    }
    case 'array': {
      const min = Number(schema['minItems'] ?? 0);
      return fc.array(arbitraryFitting((schema['items'] ?? {}) as Schema), {
        minLength: min,
        maxLength: Math.max(min, Math.min(4, Number(schema['maxItems'] ?? 4))),
      });
    }
    case 'string':
      return fc.oneof(
        word,
        fc.string({ maxLength: 7, unit: 'grapheme' }),
        fc.constantFrom(
          'r',
          're',
          'red',
          'x'.repeat(Number(schema['minLength'] ?? 0)),
          '😀'.repeat(Number(schema['maxLength'] ?? 8)),
        ),
      );
    case 'integer':
    case 'number': {
      const edges = [Number(schema['minimum'] ?? -9), Number(schema['maximum'] ?? 9)];
      const whole = fc.oneof(fc.constantFrom(...edges), fc.integer({ min: -5, max: 8 }));
      return type === 'integer'
        ? whole
        : fc.oneof(
            whole,
            whole.map((value) => value + 0.5),
          );
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return anyDocument;
  }
};

interface SchemaParts {
  readonly type?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema | boolean>>;
  readonly required?: readonly string[];
}

const anyDocument: fc.Arbitrary<unknown> = fc.oneof(
  ...[fc.constant(null), fc.boolean(), word, fc.integer({ min: -5, max: 8 }), fc.constant(0.5)],
  fc.array(word, { maxLength: 3 }),
  fc.array(fc.tuple(name, fc.oneof(word, fc.integer(), fc.constant(null))), { maxLength: 3 }).map(fromEntries),
);

function fromEntries<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.fromEntries(entries);
}

function present(keywords: Record<string, unknown>): Schema {
  return fromEntries(Object.entries(keywords).filter(([, value]) => value !== undefined));
}
