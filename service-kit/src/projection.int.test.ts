import { memoryChannel } from '@souk/event-channel/memory';
import type { EventChannel, Recorded } from '@souk/event-channel';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Stale, Unavailable } from './api-error.ts';
import { ProjectionAhead, projection } from './projection.ts';
import type { Projection, ProjectionOptions } from './projection.ts';
import { openDatabase } from './sqlite.ts';
import type { Database } from './sqlite.ts';
import { given } from './testing/index.ts';

let channel: EventChannel;
let db: Database;
let open: Projection[];
beforeEach(() => {
  channel = memoryChannel();
  db = openDatabase({
    file: ':memory:',
    migrations: ['CREATE TABLE seen (position INTEGER, subject TEXT, n INTEGER)'],
  });
  open = [];
});
afterEach(async () => {
  for (const one of open) await one.close();
  await channel.close();
  db.close();
});

const insert = (event: Recorded) => {
  const { n } = event.event.data as { n: number };
  db.run('INSERT INTO seen (position, subject, n) VALUES (?, ?, ?)', event.position, event.subject, n);
};
const started = (options: Partial<ProjectionOptions> = {}): Projection => {
  const source = options.sources === undefined ? { stream: 'demo' } : {};
  const one = projection({ name: 'seen', channel, db, apply: insert, ...source, ...options });
  open.push(one);
  return one;
};
const append = async (subject: string, ...numbers: number[]) => {
  const events = numbers.map((n) => ({ type: 'demo.counted.v1', data: { n } }));
  return (await given(channel, subject, events)).position;
};
const numbers = () => db.all<{ n: number }>('SELECT n FROM seen ORDER BY rowid').map(({ n }) => n);

describe('a projection', () => {
  test('takes in what was there before and what comes later, in order', async () => {
    await append('demo.a', 1, 2);
    const view = started();
    await view.ready();
    expect(numbers()).toEqual([1, 2]);
    await view.waitFor(await append('demo.b', 3));
    expect(numbers()).toEqual([1, 2, 3]);
  });

  test('goes on after its checkpoint when it is started again', async () => {
    const first = started();
    await first.waitFor(await append('demo.a', 1));
    await first.close();
    const position = await append('demo.a', 2);
    const second = started();
    expect(second.position()).toBe(position - 1);
    await second.waitFor(position);
    expect(numbers()).toEqual([1, 2]);
  });

  test('builds itself anew when its tables and its checkpoint are dropped', async () => {
    const first = started();
    await first.waitFor(await append('demo.a', 1, 2));
    await first.close();
    db.exec("DELETE FROM seen; DELETE FROM souk_checkpoint WHERE name = 'seen'");
    await started().ready();
    expect(numbers()).toEqual([1, 2]);
  });

  test('applies only what the filter lets through, and yet its position moves past the rest', async () => {
    const view = started({ filter: 'demo.a.*' });
    await append('demo.a.1', 1);
    const position = await append('demo.b.1', 2);
    await view.waitFor(position);
    expect(numbers()).toEqual([1]);
    expect(view.position()).toBe(position);
  });

  test('follows several streams with a checkpoint for each', async () => {
    const view = started({ sources: [{ stream: 'demo' }, { stream: 'more', filter: 'more.x.>' }] });
    const [demo, more] = [await append('demo.a', 1), await append('more.x.1', 2)];
    await append('more.y.1', 3);
    await view.ready();
    expect(numbers().toSorted()).toEqual([1, 2]);
    expect([view.position(), view.position('more')]).toEqual([demo, more + 1]);
    await expect(view.waitFor(more + 1, { stream: 'more' })).resolves.toBeUndefined();
  });

  test('commits what waits in few transactions', async () => {
    await append('demo.a', ...Array.from({ length: 500 }, (_, n) => n));
    const transaction = vi.spyOn(db, 'transaction');
    const view = started();
    await view.ready();
    expect(numbers()).toHaveLength(500);
    expect(transaction.mock.calls.length).toBeLessThan(10);
  });

  test('takes the events before a bad one, keeps the bad one out whole, and goes on once it can be applied', async () => {
    let broken = true;
    const stuckAt2 = Promise.withResolvers<void>();
    const error = ({ position }: { position: number }) => position === 2 && stuckAt2.resolve();
    const log = { error } as unknown as ProjectionOptions['log'];
    const apply = (event: Recorded) => {
      insert(event);
      if (broken && (event.event.data as { n: number }).n === 3) throw new Error('cannot take 3');
    };
    await append('demo.a', 1, 2, 3, 4);
    const view = started({ apply, log, backoffMs: [1] });
    await stuckAt2.promise;
    expect(numbers()).toEqual([1, 2]);
    expect(await view.status()).toMatchObject({
      caughtUp: false,
      failing: expect.stringContaining('after position 2'),
      streams: [{ stream: 'demo', position: 2, lag: 2 }],
    });
    broken = false;
    await view.ready();
    expect(numbers()).toEqual([1, 2, 3, 4]);
    expect((await view.status()).failing).toBeUndefined();
  });

  test('refuses an apply that is not synchronous', async () => {
    await append('demo.a', 1);
    const apply = (async (event: Recorded) => insert(event)) as ProjectionOptions['apply'];
    const tried = Promise.withResolvers<void>();
    const log = { error: () => tried.resolve() } as unknown as ProjectionOptions['log'];
    const view = started({ apply, log });
    await tried.promise;
    expect([view.position(), numbers()]).toEqual([0, []]);
  });

  test('applies an event once when the channel hands it over again', async () => {
    const first = started();
    await first.waitFor(await append('demo.a', 1, 2));
    await first.close();
    const repeating: EventChannel = {
      ...channel,
      lastPosition: (stream) => channel.lastPosition(stream),
      tail: (filter, from, signal) => channel.tail(filter, Math.max(1, from - 1), signal),
    };
    await started({ channel: repeating }).waitFor(await append('demo.a', 3));
    expect(numbers()).toEqual([1, 2, 3]);
  });

  test('refuses to go on from a position that the log does not have', async () => {
    await started().waitFor(await append('demo.a', 1, 2));
    const other = memoryChannel();
    const view = projection({ name: 'seen', channel: other, db, stream: 'demo', apply: insert });
    await expect(view.ready()).rejects.toThrow(ProjectionAhead);
    await view.close();
    await other.close();
  });

  test('follows something, or it is refused', () => {
    expect(() => projection({ name: 'x', channel, db, apply: insert })).toThrow('follows nothing');
  });

  test('applies each event exactly once, however often it is stopped and however small its batches are', async () => {
    const plan = fc.array(fc.record({ add: fc.integer({ min: 1, max: 9 }), batch: fc.integer({ min: 1, max: 4 }) }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(plan, async (steps) => {
        db.exec('DELETE FROM seen; DELETE FROM souk_checkpoint');
        const log = memoryChannel();
        let next = 0;
        for (const { add, batch } of steps) {
          const view = projection({ name: 'seen', channel: log, db, stream: 'demo', apply: insert, maxBatch: batch });
          const events = Array.from({ length: add }, () => ({ type: 'demo.counted.v1', data: { n: next++ } }));
          const { position } = await given(log, 'demo.a', events);
          // Half of the time it is stopped before it has caught up.
          if (add % 2 === 0) await view.waitFor(position);
          await view.close();
        }
        const last = projection({ name: 'seen', channel: log, db, stream: 'demo', apply: insert });
        await last.ready();
        await last.close();
        await log.close();
        expect(numbers()).toEqual(Array.from({ length: next }, (_, n) => n));
      }),
      { numRuns: 30 },
    );
  });
});

describe('waitFor', () => {
  test('gives up with "stale" and both positions', async () => {
    const view = started();
    await expect(view.waitFor(7, { timeoutMs: 1 })).rejects.toMatchObject({ details: { wanted: 7, position: 0 } });
    await expect(view.waitFor(7, { timeoutMs: 1 })).rejects.toThrow(Stale);
  });

  test('ends when the projection closes', async () => {
    const view = started();
    const waiting = expect(view.waitFor(7)).rejects.toThrow(Unavailable);
    await view.close();
    await waiting;
    await expect(view.waitFor(7)).rejects.toThrow(Unavailable);
  });
});
