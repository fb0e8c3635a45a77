/** What a file in the data folder is to a backup. */
export type Kind = 'log' | 'keys' | 'payments' | 'secrets' | 'artifacts';

/** One thing that a backup holds, by its name in the data folder. */
export interface Part {
  readonly kind: Kind;
  readonly name: string;
  /** Where it stands in the backup. */
  readonly to: string;
  readonly how: 'database' | 'file' | 'folder';
}

/** The log, which comes first: everything else may be newer than it, and never older. */
export const logPart: Part = { kind: 'log', name: 'events.db', to: 'events.db', how: 'database' };

/**
 * What cannot be built from the log. Each is copied after the log, for each is written before the event that needs it:
 * the key before what it seals, the artifact before its announcement, the entry in the ledger before the fact.
 * Keys stand in a folder of their own, so that they can be kept elsewhere: who copies them undoes an erasure.
 */
export const otherParts: readonly Part[] = [
  { kind: 'keys', name: 'keys.db', to: 'keys/keys.db', how: 'database' },
  { kind: 'payments', name: 'payments.db', to: 'payments.db', how: 'database' },
  { kind: 'secrets', name: 'secrets.json', to: 'secrets.json', how: 'file' },
  { kind: 'artifacts', name: 'registry', to: 'registry', how: 'folder' },
];

/** Files that stand beside a database while it is open, or while something is being put together. */
export const isBeside = (name: string): boolean =>
  /(-wal|-shm|-journal|\.lock|\.new)$/.test(name) || name === '.drafts';
