/** Starts on a log of a million events with a read model that has its checkpoint, until that gives its first answer. */
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { openDatabase, projection } from '@souk/service-kit';
import { apply, migrations } from './carts.ts';

/** How long it took. */
export interface ColdStart {
  /** From the start of the process, the start of Node and the loading of modules included. */
  readonly wholeMs: number;
  readonly openMs: number;
}

const [, , log, readModel] = process.argv as [string, string, string, string];
const begun = performance.now();
const channel = sqliteChannel({ file: log });
const openMs = performance.now() - begun;
const db = openDatabase({ file: readModel, migrations });
const carts = projection({ name: 'carts', channel, db, stream: 'cart', apply });
await carts.ready();
db.get('SELECT * FROM line WHERE cart_id = ?', 'c4');
// Counted from the start of the process.
const wholeMs = performance.now();
await carts.close();
db.close();
await channel.close();
console.log(JSON.stringify({ wholeMs, openMs } satisfies ColdStart));
