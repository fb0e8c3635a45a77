import type { JsonValue, Type } from './schema.ts';

/** A value as it stands in a sentence; long ones are cut. */
export const quoted = (value: JsonValue): string => {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/** `a`, `a or b`, `a, b or c`. */
export const listOf = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;

const nouns: Readonly<Record<Type, string>> = {
  ...{ object: 'object', array: 'array', string: 'text', number: 'number', integer: 'integer' },
  ...{ boolean: 'boolean', null: 'null' },
};

/** What a document of a type is called. */
export const nounOf = (type: Type): string => nouns[type];
