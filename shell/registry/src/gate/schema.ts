/** JSON as it stands in schemas and events. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** A JSON Schema as it comes in a manifest: nothing about it is sure. */
export type Schema = Readonly<Record<string, unknown>>;

/** The keywords that the gate compares, those of `JsonSchema` in shared-events. */
const compared = new Set([
  ...['type', 'const', 'enum', 'anyOf', 'properties', 'required', 'additionalProperties', 'items', 'minItems'],
  ...['maxItems', 'minLength', 'maxLength', 'pattern', 'minimum', 'maximum'],
]);

/** Keywords that say nothing about which documents fit. */
const annotations = new Set([
  'description',
  'title',
  'examples',
  'default',
  'deprecated',
  '$comment',
  '$schema',
  '$id',
]);

/** The types that a document may have; `integer` is part of `number`. */
export const types = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'] as const;
export type Type = (typeof types)[number];

/** A keyword of a schema that the gate cannot compare, or one with a value that makes no sense; `undefined` when there is none. */
export const strangeKeyword = (schema: Schema): string | undefined =>
  Object.keys(schema).find((name) => !annotations.has(name) && !(compared.has(name) && isSound(name, schema[name])));

/** The types that a schema names; `undefined` when it names none, and so allows all. */
export const typesOf = (schema: Schema): readonly Type[] | undefined => {
  const { type } = schema;
  if (!Object.hasOwn(schema, 'type') || !isSound('type', type)) return undefined;
  return (Array.isArray(type) ? type : [type]).filter(isType);
};

/** A keyword that holds a number. */
export const numberAt = (schema: Schema, name: string): number | undefined => {
  const value = Object.hasOwn(schema, name) ? schema[name] : undefined;
  return typeof value === 'number' ? value : undefined;
};

/** A keyword that holds texts. */
export const textsAt = (schema: Schema, name: string): readonly string[] => {
  const value = Object.hasOwn(schema, name) ? schema[name] : undefined;
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
};

/** The pattern; `undefined` when there is none. */
export const patternOf = (schema: Schema): string | undefined =>
  Object.hasOwn(schema, 'pattern') && typeof schema['pattern'] === 'string' ? schema['pattern'] : undefined;

/** A keyword that holds a schema: `true` and what is missing allow everything, `false` nothing. */
export const schemaAt = (schema: Schema, name: string): Schema | false => {
  const value = Object.hasOwn(schema, name) ? schema[name] : true;
  if (value === false) return false;
  return isObject(value) ? value : {};
};

/** The schemas of the named members. */
export const propertiesOf = (schema: Schema): ReadonlyMap<string, Schema | false> => {
  const value = Object.hasOwn(schema, 'properties') ? schema['properties'] : {};
  return new Map(isObject(value) ? Object.keys(value).map((name) => [name, schemaAt(value, name)]) : []);
};

/** The members of `anyOf`; `undefined` when there is none. */
export const membersOf = (schema: Schema): readonly (Schema | false)[] | undefined => {
  const value = Object.hasOwn(schema, 'anyOf') ? schema['anyOf'] : undefined;
  if (!isSound('anyOf', value)) return undefined;
  return (value as (Schema | boolean)[]).map((member) => (member === true ? {} : member));
};

/** The values that are all that a schema allows; `undefined` when it lists none. */
export const valuesOf = (schema: Schema): readonly JsonValue[] | undefined => {
  const listed = Object.hasOwn(schema, 'enum') && Array.isArray(schema['enum']) ? schema['enum'] : undefined;
  if (!Object.hasOwn(schema, 'const')) return listed as readonly JsonValue[] | undefined;
  const value = schema['const'] as JsonValue;
  return listed === undefined || listed.some((other) => isSameJson(other, value)) ? [value] : [];
};

/** Whether two values are the same JSON. */
export const isSameJson = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSameJson(item, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((name) => Object.hasOwn(b, name) && isSameJson(a[name], b[name]))
    );
  }
  return false;
};

/** Whether a value is an object with members. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Number of characters, as JSON Schema counts them: code points. */
export const lengthOf = (text: string): number => [...text].length;

const isType = (value: unknown): value is Type => types.includes(value as Type);

const isSchema = (value: unknown): boolean => isObject(value) || typeof value === 'boolean';

const isSound = (name: string, value: unknown): boolean => {
  switch (name) {
    case 'type':
      return Array.isArray(value) ? value.length > 0 && value.every(isType) : isType(value);
    case 'const':
      return true;
    case 'enum':
      return Array.isArray(value) && value.length > 0;
    case 'anyOf':
      return Array.isArray(value) && value.length > 0 && value.every(isSchema);
    case 'properties':
      return isObject(value) && Object.values(value).every(isSchema);
    case 'additionalProperties':
    case 'items':
      return isSchema(value);
    case 'required':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'pattern':
      return typeof value === 'string' && isPattern(value);
    case 'minimum':
    case 'maximum':
      return typeof value === 'number';
    default:
      return Number.isInteger(value) && (value as number) >= 0;
  }
};

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text, 'u').unicode;
  } catch {
    return false;
  }
};
