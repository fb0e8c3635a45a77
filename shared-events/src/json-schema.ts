/** The part of JSON Schema 2020-12 that contracts are written in. Objects are open: see the README on versions. */
export interface JsonSchema {
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';
  readonly const?: string | number | boolean;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The TypeScript type of the documents that a schema written `as const` accepts; read-only to the bottom. */
export type FromSchema<Schema> = Schema extends { readonly const: infer Value }
  ? Value
  : Schema extends { readonly enum: readonly (infer Value)[] }
    ? Value
    : Schema extends { readonly anyOf: readonly (infer Member)[] }
      ? FromSchema<Member>
      : Schema extends { readonly type: 'object' }
        ? FromObject<Schema>
        : Schema extends { readonly type: 'array'; readonly items: infer Item }
          ? readonly FromSchema<Item>[]
          : Schema extends { readonly type: keyof Primitives }
            ? Primitives[Schema['type']]
            : unknown;

interface Primitives {
  string: string;
  integer: number;
  number: number;
  boolean: boolean;
  null: null;
}

type FromObject<Schema> = Schema extends { readonly additionalProperties: infer Value }
  ? { readonly [name: string]: FromSchema<Value> }
  : Schema extends { readonly properties: infer Properties }
    ? Flat<
        { readonly [Name in keyof Properties & RequiredOf<Schema>]: FromSchema<Properties[Name]> } & {
          readonly [Name in Exclude<keyof Properties, RequiredOf<Schema>>]?: FromSchema<Properties[Name]>;
        }
      >
    : object;

type RequiredOf<Schema> = Schema extends { readonly required: readonly (infer Name)[] } ? Name : never;

type Flat<Type> = { [Name in keyof Type]: Type[Name] };
