/** Appends by 64 writers, and by one, beside a bare loop that writes as many bytes and syncs them, in turns. */
import { closeSync, fdatasyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { cartEvent, cartSubject } from './events.ts';
import { rateOf } from './measure.ts';

/** Events per second of each round. */
export interface AppendRounds {
  readonly raw: readonly number[];
  readonly channel: readonly number[];
  readonly alone: readonly number[];
}

const rounds = 7;
const roundMs = 1_000;
const dir = process.argv[2]!;
mkdirSync(dir);
const channel = sqliteChannel({ file: join(dir, 'events.db') });
const file = openSync(join(dir, 'raw'), 'a');
const payload = Buffer.from(JSON.stringify(cartEvent(0)));
let n = 0;

const raw = () =>
  rateOf(roundMs, (isOver) => {
    for (let done = 1; ; done++) {
      writeSync(file, payload);
      fdatasyncSync(file);
      if (isOver()) return done;
    }
  });
const append = (writers: number) =>
  rateOf(roundMs, async (isOver) => {
    let done = 0;
    const write = async () => {
      for (; !isOver(); done++, n++) await channel.append(cartSubject(n), [cartEvent(n)], { expect: 'any' });
    };
    await Promise.all(Array.from({ length: writers }, write));
    return done;
  });

await append(64);
const measured = { raw: [] as number[], channel: [] as number[], alone: [] as number[] };
for (let round = 0; round < rounds; round++) {
  measured.raw.push(await raw());
  measured.channel.push(await append(64));
  measured.alone.push(await append(1));
}
await channel.close();
closeSync(file);
console.log(JSON.stringify(measured satisfies AppendRounds));
