import { Type } from 'typebox';
import type { Static } from 'typebox';
import { InvalidQuery } from '../errors.ts';
import type { Query } from '../runner/query.ts';

const Param = Type.Union([Type.Null(), Type.Boolean(), Type.Number(), Type.String({ maxLength: 10_000 })]);

/** Body of `POST /api/events/query`. Exactly one of `sql` and `kql`. */
export const QueryBody = Type.Object(
  {
    sql: Type.Optional(Type.String({ minLength: 1, maxLength: 50_000 })),
    kql: Type.Optional(Type.String({ minLength: 1, maxLength: 50_000 })),
    params: Type.Optional(
      Type.Union([Type.Array(Param, { maxItems: 100 }), Type.Record(Type.String({ maxLength: 100 }), Param)]),
    ),
    asOf: Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), Type.String({ maxLength: 40 })])),
    format: Type.Optional(Type.Union([Type.Literal('json'), Type.Literal('csv')])),
  },
  { additionalProperties: false },
);

/** A query, and whether its result is to be kept current. */
export interface Asked {
  readonly query: Query;
  readonly emitChanges: boolean;
}

/**
 * What a request asks for. `format` in the body wins over the `Accept` header.
 * @throws {InvalidQuery}
 */
export function askedOf(body: Static<typeof QueryBody>, accept: string | undefined): Asked {
  const { sql, kql, params, asOf } = body;
  if ((sql === undefined) === (kql === undefined)) throw new InvalidQuery('send either "sql" or "kql"');
  if (kql !== undefined && params !== undefined) throw new InvalidQuery('"params" go with "sql" only');
  const written = sql ?? kql ?? '';
  const text = written.replace(/\bEMIT\s+CHANGES\s*;?\s*$/i, '');
  const emitChanges = text.length < written.length;
  if (emitChanges && asOf !== undefined) throw new InvalidQuery('the past does not change: leave "asOf" out');
  const format = body.format ?? (accept?.includes('text/csv') ? 'csv' : 'json');
  if (emitChanges && format === 'csv') throw new InvalidQuery('EMIT CHANGES answers in JSON only');
  return {
    query: {
      language: sql === undefined ? 'kql' : 'sql',
      text,
      format,
      ...(params && { params }),
      ...(asOf !== undefined && { asOf: pointInTime(asOf) }),
    },
    emitChanges,
  };
}

/** @throws {InvalidQuery} */
function pointInTime(asOf: number | string): number | string {
  if (typeof asOf === 'number') return asOf;
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/.test(asOf)
    ? Date.parse(asOf)
    : NaN;
  if (Number.isNaN(time)) {
    throw new InvalidQuery('"asOf" is a position, or a time such as 2026-11-23T10:00:00Z');
  }
  return new Date(time).toISOString();
}
