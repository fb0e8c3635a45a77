import {
  isObject,
  isSameJson,
  lengthOf,
  membersOf,
  numberAt,
  patternOf,
  propertiesOf,
  schemaAt,
  strangeKeyword,
  textsAt,
  typesOf,
  valuesOf,
} from './schema.ts';
import type { JsonValue, Schema, Type } from './schema.ts';

/** Whether a document fits a schema; `undefined` when that cannot be told, for a keyword that is not known here. Pure. */
export const accepts = (schema: Schema | false, value: JsonValue): boolean | undefined => {
  if (schema === false) return false;
  if (strangeKeyword(schema) !== undefined) return undefined;
  return every([
    ...[typesOf(schema)?.some((type) => isOfType(value, type)) ?? true],
    ...[valuesOf(schema)?.some((allowed) => isSameJson(allowed, value)) ?? true],
    ...(membersOf(schema) === undefined
      ? []
      : [some(membersOf(schema)?.map((member) => accepts(member, value)) ?? [])]),
    ...(typeof value === 'string' ? [fitsText(schema, value)] : []),
    ...(typeof value === 'number' ? [fitsRange(schema, value, 'minimum', 'maximum')] : []),
    ...(Array.isArray(value) ? fitsItems(schema, value) : []),
    ...(isObject(value) ? fitsMembers(schema, value as Record<string, JsonValue>) : []),
  ]);
};

const isOfType = (value: JsonValue, type: Type): boolean => {
  if (type === 'object') return isObject(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
};

const fitsText = (schema: Schema, text: string): boolean => {
  const pattern = patternOf(schema);
  return (
    fitsRange(schema, lengthOf(text), 'minLength', 'maxLength') &&
    (pattern === undefined || new RegExp(pattern, 'u').test(text))
  );
};

const fitsRange = (schema: Schema, value: number, least: string, most: string): boolean =>
  value >= (numberAt(schema, least) ?? -Infinity) && value <= (numberAt(schema, most) ?? Infinity);

const fitsItems = (schema: Schema, items: readonly JsonValue[]): readonly (boolean | undefined)[] => [
  fitsRange(schema, items.length, 'minItems', 'maxItems'),
  ...items.map((item) => accepts(schemaAt(schema, 'items'), item)),
];

const fitsMembers = (schema: Schema, value: Record<string, JsonValue>): readonly (boolean | undefined)[] => {
  const properties = propertiesOf(schema);
  const others = schemaAt(schema, 'additionalProperties');
  return [
    textsAt(schema, 'required').every((name) => Object.hasOwn(value, name)),
    ...Object.entries(value).map(([name, member]) =>
      accepts(properties.get(name) ?? (properties.has(name) ? false : others), member),
    ),
  ];
};

const every = (answers: readonly (boolean | undefined)[]): boolean | undefined =>
  answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;

const some = (answers: readonly (boolean | undefined)[]): boolean | undefined =>
  answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
