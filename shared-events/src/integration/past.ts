import type { JsonSchema } from '../json-schema.ts';

/**
 * Types that stand in logs and that nobody writes any more, with the schema they were written by. Their schemas never
 * change; `upcast` brings each to the current version.
 */
export const pastSchemas = {} as const satisfies Record<string, JsonSchema>;
