/**
 * The wire contract: what `/api/sample/…` takes and answers, as JSON Schema and as types of the same name.
 * Elements import it with `import type` only. Times are ISO 8601 UTC.
 */
import { Type, type Static } from 'typebox';

const closed = { additionalProperties: false } as const;
const stars = Type.Integer({ minimum: 1, maximum: 5 });

/** What a visitor gave, and when. */
export const Entry = Type.Object({ entryId: Type.String(), stars, at: Type.String({ format: 'date-time' }) }, closed);
export type Entry = Static<typeof Entry>;

/** Everything that the visitor who asks has given, the latest first. */
export const EntryList = Type.Object({ entries: Type.Array(Entry) }, closed);
export type EntryList = Static<typeof EntryList>;

/** `entryId` is made by the sender, so that a repeated request adds nothing. */
export const NewEntry = Type.Object({ entryId: Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' }), stars }, closed);
export type NewEntry = Static<typeof NewEntry>;
