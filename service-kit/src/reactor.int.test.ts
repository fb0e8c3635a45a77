import { memoryChannel } from '@souk/event-channel/memory';
import type { EventChannel, Recorded } from '@souk/event-channel';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { reactor } from './reactor.ts';
import type { Reactor, ReactorOptions } from './reactor.ts';
import { openDatabase } from './sqlite.ts';
import type { Database } from './sqlite.ts';
import { given, untilEvent } from './testing/index.ts';

let channel: EventChannel;
let db: Database;
let open: Reactor[];
beforeEach(() => {
  channel = memoryChannel({ onHandlerError: () => undefined });
  db = openDatabase({ file: ':memory:', migrations: ['CREATE TABLE done (n INTEGER)'] });
  open = [];
});
afterEach(async () => {
  for (const one of open) await one.close();
  await channel.close();
  db.close();
});

const started = (handle: ReactorOptions['handle'], options: Partial<ReactorOptions> = {}): Reactor => {
  const one = reactor({ name: 'doer', channel, db, stream: 'demo', handle, backoffMs: [1], ...options });
  open.push(one);
  return one;
};
const n = (recorded: Recorded) => (recorded.event.data as { n: number }).n;
const asked = (number: number) => ({ type: 'demo.asked.v1', data: { n: number } });
/** What a reactor does here: says so on another stream. */
const tell = (recorded: Recorded) =>
  given(channel, 'told.all', [{ type: 'told.done.v1', data: { n: n(recorded) } }]).then(() => undefined);
const told = async (last: number) => (await untilEvent(channel, 'told.>', (event) => n(event) === last)).map(n);

describe('a reactor', () => {
  test('acts on each event once, in order per subject', async () => {
    started(tell);
    await given(channel, 'demo.a', [asked(1), asked(2), asked(3)]);
    expect(await told(3)).toEqual([1, 2, 3]);
  });

  test('acts only on what the filter lets through', async () => {
    started(tell, { filter: 'demo.b.*' });
    await given(channel, 'demo.a.1', [asked(1)]);
    await given(channel, 'demo.b.1', [asked(2)]);
    expect(await told(2)).toEqual([2]);
  });

  test('passes over other types than its own without a trace', async () => {
    started(tell, { types: ['demo.asked.v1'] });
    await given(channel, 'demo.a', [{ type: 'demo.other.v1', data: { n: 1 } }, asked(2)]);
    expect(await told(2)).toEqual([2]);
    const rows = () => db.all('SELECT event_id FROM souk_inbox');
    await vi.waitFor(() => expect(rows()).toHaveLength(1));
  });

  test('keeps no inbox for a handler that needs none', async () => {
    const one = started(tell, { inbox: false });
    await given(channel, 'demo.a', [asked(1)]);
    expect(await told(1)).toEqual([1]);
    await vi.waitFor(async () => expect((await one.status()).streams[0]?.lag).toBe(0));
    expect(db.all('SELECT * FROM souk_inbox')).toEqual([]);
  });

  test('tries again when it fails', async () => {
    const tries: number[] = [];
    started(async (recorded, { deliveryCount }) => {
      tries.push(deliveryCount);
      if (deliveryCount < 3) throw new Error('not yet');
      await tell(recorded);
    });
    await given(channel, 'demo.a', [asked(1)]);
    await told(1);
    expect(tries).toEqual([1, 2, 3]);
  });

  test('gives up after maxDeliver times: the event waits as a dead letter until a person replays it', async () => {
    let broken = true;
    const one = started(
      async (recorded) => {
        if (broken && n(recorded) === 1) throw new Error('broken');
        await tell(recorded);
      },
      { maxDeliver: 2 },
    );
    await given(channel, 'demo.a', [asked(1)]);
    await given(channel, 'demo.b', [asked(2)]);
    await told(2);
    // The dead letter is there when the failed deliveries are over; what comes after them on another subject tells so.
    for (let number = 3; (await one.deadLetters()).length === 0; number++) {
      await given(channel, 'demo.c', [asked(number)]);
      await told(number);
    }
    expect(await one.status()).toMatchObject({ kind: 'reactor', deadLetters: 1 });
    broken = false;
    await one.replay(1);
    expect(await told(1)).toContain(1);
  });

  test('does nothing the second time when an event is delivered again, for as long as its note is kept', async () => {
    const acts: number[] = [];
    const handle = async (recorded: Recorded) => {
      acts.push(n(recorded));
      await tell(recorded);
    };
    const first = started(handle);
    const { position } = await given(channel, 'demo.a', [asked(1)]);
    while ((await first.status()).streams[0]?.position !== position) await new Promise(setImmediate);

    // The same log seen through a channel that knows nothing of the consumer's progress.
    const forgetful: EventChannel = {
      ...channel,
      capabilities: channel.capabilities,
      consume: (options, handler) => channel.consume({ ...options, durable: 'forgotten' }, handler),
    };
    started(handle, { channel: forgetful });
    await given(channel, 'demo.a', [asked(2)]);
    await told(2);
    // Both are there for the second event; the first came to the forgetful one with its note in place.
    expect(acts.filter((number) => number === 1)).toEqual([1]);
  });

  test('writes what it returns together with the note that the event is handled, or neither', async () => {
    let tries = 0;
    started(async (recorded) => {
      tries++;
      await tell(recorded);
      return (database) => {
        database.run('INSERT INTO done (n) VALUES (?)', n(recorded));
        if (tries === 1) throw new Error('no room');
      };
    });
    await given(channel, 'demo.a', [asked(1), asked(2)]);
    await told(2);
    expect(db.all('SELECT n FROM done ORDER BY rowid')[0]).toEqual({ n: 1 });
    expect(db.get('SELECT count(*) AS n FROM done WHERE n = 1')).toEqual({ n: 1 });
  });

  test('tells its handler to stop when it closes, and waits for it', async () => {
    const begun = Promise.withResolvers<void>();
    let ended = false;
    const one = started(async (_recorded, { signal }) => {
      begun.resolve();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      ended = true;
    });
    await given(channel, 'demo.a', [asked(1)]);
    await begun.promise;
    await one.close();
    expect(ended).toBe(true);
  });
});
