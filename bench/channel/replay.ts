/** Reads the whole log through the channel, beside the shortest loop that reads the same rows and parses them, in turns. */
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { size } from './events.ts';

/** Events per second of each round. */
export interface ReplayRounds {
  readonly bare: readonly number[];
  /** The bare loop, with a checksum over each event as the channel has them. */
  readonly checked: readonly number[];
  readonly channel: readonly number[];
}

const file = process.argv[2]!;
const channel = sqliteChannel({ file });
const measured = { bare: [] as number[], checked: [] as number[], channel: [] as number[] };
for (let round = 0; round < 7; round++) {
  measured.bare.push(await timed(() => bare(() => {})));
  measured.checked.push(
    await timed(() => bare((position, subject, event) => crc32(`${position} ${subject} ${event}`))),
  );
  measured.channel.push(await timed(throughChannel));
}
await channel.close();
console.log(JSON.stringify(measured satisfies ReplayRounds));

function bare(look: (position: number, subject: string, event: string) => unknown): number {
  const database = new DatabaseSync(file, { readOnly: true });
  const page = database.prepare('SELECT position, subject, event FROM event WHERE position BETWEEN ? AND ?');
  page.setReturnArrays(true);
  let seen = 0;
  for (let first = 1; first <= size.events; first += 256) {
    const rows = page.all(first, first + 255) as unknown as [number, string, string][];
    for (const [position, subject, event] of rows) {
      look(position, subject, event);
      if (JSON.parse(event)) seen++;
    }
  }
  database.close();
  return seen;
}

async function throughChannel(): Promise<number> {
  let seen = 0;
  for await (const { event } of channel.read('cart.>')) if (event) seen++;
  return seen;
}

async function timed(read: () => number | Promise<number>): Promise<number> {
  const begun = performance.now();
  const seen = await read();
  if (seen !== size.events) throw new Error(`${seen} events of ${size.events}`);
  return (seen / (performance.now() - begun)) * 1000;
}
