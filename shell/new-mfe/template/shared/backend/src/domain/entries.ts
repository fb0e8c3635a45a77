// What a visitor may do, as functions of their arguments: no clock, no database, no HTTP.

/** One entry of a visitor was added. Subject `sample.visitor.<visitorId>`. */
export interface EntryAdded {
  readonly type: 'sample.entry-added.v1';
  readonly data: { readonly visitorId: string; readonly entryId: string; readonly stars: number };
}

/** What the events of one visitor come to. */
export interface Entries {
  readonly ids: ReadonlySet<string>;
}

/** What a visitor wants. */
export interface AddEntry {
  readonly visitorId: string;
  readonly entryId: string;
  readonly stars: number;
}

/** Most entries of one visitor. */
export const maxEntries = 20;

/** A visitor has as many entries as they may have. */
export class TooManyEntries extends Error {
  readonly code = 'too-many-entries';
  constructor() {
    super(`You have added ${maxEntries} entries; that is as many as there can be.`);
    this.name = 'TooManyEntries';
  }
}

/** Before anything happened. */
export const noEntries: Entries = { ids: new Set() };

/**
 * The events that a wish leads to; none when it was fulfilled before.
 * @throws {TooManyEntries}
 */
export function decide({ visitorId, entryId, stars }: AddEntry, { ids }: Entries): readonly EntryAdded[] {
  if (ids.has(entryId)) return [];
  if (ids.size >= maxEntries) throw new TooManyEntries();
  return [{ type: 'sample.entry-added.v1', data: { visitorId, entryId, stars } }];
}

/** What is so after an event. */
export const evolve = ({ ids }: Entries, { data }: EntryAdded): Entries => ({ ids: new Set([...ids, data.entryId]) });
