/** Builds a read model from nothing, beside the same statements run over the same rows without channel and kit. */
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { openDatabase, projection } from '@souk/service-kit';
import { apply, migrations } from './carts.ts';
import { size } from './events.ts';

/** How long it took. */
export interface Rebuild {
  readonly events: number;
  readonly ms: number;
  readonly bareMs: number;
}

const [, , log, readModel] = process.argv as [string, string, string, string];
const bareMs = await timed(bare);
const ms = await timed(rebuild);
console.log(JSON.stringify({ events: size.events, ms, bareMs } satisfies Rebuild));

async function rebuild(): Promise<void> {
  const channel = sqliteChannel({ file: log });
  const db = openDatabase({ file: readModel, migrations });
  const carts = projection({ name: 'carts', channel, db, stream: 'cart', apply });
  await carts.ready();
  await carts.close();
  db.close();
  await channel.close();
}

function bare(): void {
  const file = `${readModel}.bare`;
  const db = openDatabase({ file, migrations });
  const source = new DatabaseSync(log, { readOnly: true });
  const page = source.prepare('SELECT position, subject, event FROM event WHERE position BETWEEN ? AND ?');
  page.setReturnArrays(true);
  for (let first = 1; first <= size.events; first += 256) {
    const rows = page.all(first, first + 255) as unknown as [number, string, string][];
    db.transaction(() => {
      for (const [position, subject, event] of rows) {
        apply({ stream: 'cart', position, subject, event: JSON.parse(event) }, db);
      }
    });
  }
  source.close();
  db.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}

async function timed(work: () => void | Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
