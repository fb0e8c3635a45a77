/** What a file in the data folder is to a backup. */
export type Kind = 'log' | 'keys' | 'payments' | 'secrets' | 'artifacts' | 'attachments';

/** One thing that a backup holds, or several of a kind. */
export interface Part {
  readonly kind: Kind;
  /** Its name in the data folder. */
  readonly name: RegExp;
  /** Where it stands in the backup, under the same name. @default beside the log */
  readonly below?: string;
  readonly how: 'database' | 'file' | 'folder';
}

/** Name of the log in the data folder and in a backup. */
export const logName = 'events.db';

/**
 * What cannot be built from the log. Each is copied after the log and may be newer, for each is written before the event that needs it:
 * the key before what it seals, the artifact before its announcement, the attachment before the message, the entry in the ledger before the fact.
 * Keys stand in a folder of their own, so that they can be kept elsewhere: who copies them undoes an erasure.
 */
export const otherParts: readonly Part[] = [
  { kind: 'keys', name: /^keys-\w+\.db$/, below: 'keys', how: 'database' },
  { kind: 'payments', name: /^payments\.db$/, how: 'database' },
  { kind: 'secrets', name: /^secrets\.json$/, how: 'file' },
  { kind: 'artifacts', name: /^registry$/, how: 'folder' },
  { kind: 'attachments', name: /^attachments$/, how: 'folder' },
];

/** Files that stand beside a database while it is open, or while something is being put together. */
export const isBeside = (name: string): boolean =>
  /(-wal|-shm|-journal|\.lock|\.new)$/.test(name) || name === '.drafts';
