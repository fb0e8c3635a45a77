import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { integrationSchemas } from '../src/integration/index.ts';
import type { JsonSchema } from '../src/json-schema.ts';

/** Folder of the golden files: one event of each type that stands, or may stand, in a log. */
export const goldenFolder = join(import.meta.dirname, '../src/integration/golden');

/** A golden file. */
export interface Golden {
  /** As it stands in the log. */
  readonly recorded: { readonly type: string; readonly data: object };
  /** As it is read today; only in the file of a past version. */
  readonly upcast?: { readonly type: string; readonly data: object };
}

/**
 * Writes a golden file for each type that has none, from its schema. Never touches one that is there: it stands for what
 * logs hold, and a schema that no longer takes it needs a new version.
 * @returns names of the files written
 */
export function writeMissingGoldens(): string[] {
  mkdirSync(goldenFolder, { recursive: true });
  const missing = Object.entries<JsonSchema>(integrationSchemas).filter(([type]) => !existsSync(fileOf(type)));
  for (const [type, schema] of missing) {
    const recorded = {
      ...{
        specversion: '1.0',
        id: 'e_golden',
        source: `/${type.split('.')[0]}`,
        type,
        time: '2026-11-23T12:00:00.000Z',
      },
      ...{ datacontenttype: 'application/json', data: sampleOf(schema), correlationid: 'r_golden' },
    };
    writeFileSync(fileOf(type), `${JSON.stringify({ recorded }, null, 2)}\n`);
  }
  return missing.map(([type]) => `${type}.json`);
}

const fileOf = (type: string): string => join(goldenFolder, `${type}.json`);

/** A document with every member that the schema names. */
function sampleOf(schema: JsonSchema, name = 'text'): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return sampleOf(schema.anyOf.at(-1) ?? {}, name);
  switch (schema.type) {
    case 'object': {
      const members = Object.entries(schema.properties ?? {}).map(([key, member]) => [key, sampleOf(member, key)]);
      const extra = schema.additionalProperties ? [['Glaze', sampleOf(schema.additionalProperties, name)]] : [];
      return Object.fromEntries([...members, ...extra]) as object;
    }
    case 'array':
      return [sampleOf(schema.items ?? {}, name)];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return sampleText(schema, name);
  }
}

/** Patterns are few; a new one is written here, or the file by hand. */
function sampleText({ pattern }: JsonSchema, name: string): string {
  const samples = [`${name}-1`, '4242', 'cart:changed', 'b64_', '0'.repeat(64)];
  const sample = samples.find((text) => pattern === undefined || new RegExp(pattern, 'u').test(text));
  if (sample === undefined) throw new Error(`no sample matches ${pattern}; write the golden file by hand`);
  return sample;
}
