import type { EventChannel } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import * as fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cloudEvent } from '../cloud-event.ts';
import { reactor } from '../reactor.ts';
import type { Reactor } from '../reactor.ts';
import { openDatabase } from '../sqlite.ts';
import type { Database } from '../sqlite.ts';
import { commandHandler } from './command-handler.ts';
import type { CommandHandlerOptions } from './command-handler.ts';

/** How a command of these tests is to be answered. `stale`: at once, but against a revision that is over. */
type How = 'at once' | 'delivered' | 'thrown' | 'stale' | 'invalid' | 'second try';

const command = { stream: 'desk', type: 'desk.asked.v1' };

describe.each(['memory', 'sqlite'] as const)('answers at once on %s', (adapter) => {
  let dir: string;
  let channel: EventChannel;
  let db: Database;
  let desk: Reactor;
  let delivered: string[];
  let gate: Promise<unknown>;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'souk-at-once-'));
    [delivered, gate] = [[], Promise.resolve()];
    const onHandlerError = () => undefined;
    channel =
      adapter === 'memory'
        ? memoryChannel({ onHandlerError })
        : sqliteChannel({ file: join(dir, 'log.db'), onHandlerError });
    db = openDatabase({ file: ':memory:', migrations: [] });
    desk = openDesk();
  });
  afterEach(async () => {
    await desk.close();
    db.close();
    await channel.close();
    rmSync(dir, { recursive: true });
  });

  const openDesk = (options: Partial<CommandHandlerOptions> = {}) =>
    commandHandler({
      ...{ name: 'desk', channel, db, command, source: '/desk', filter: 'desk.asked.>', backoffMs: [1] },
      answersOn: () => ['desk.answers'],
      answerAtOnce({ id, data }) {
        const how = data as How;
        if (how === 'thrown') throw new Error('cannot tell');
        if (how === 'invalid') return { ...answer(id), subject: 'no subject' };
        if (how === 'stale') return { ...answer(id), expect: { revision: 77 } };
        return how === 'at once' ? answer(id) : undefined;
      },
      async handle({ id, data }, { deliveryCount }) {
        delivered.push(id);
        await gate;
        if (data === 'second try' && deliveryCount === 1) throw new Error('not yet');
        return answer(id);
      },
      ...options,
    });
  const answer = (to: string) => ({ subject: 'desk.answers', type: 'desk.answered.v1', data: to });
  const ask = (id: string, how: How, subject = 'a') => {
    const event = cloudEvent({ ...command, source: '/test', id, data: how });
    return channel.append(`desk.asked.${subject}`, [event], { expect: 'any' });
  };
  const answered = async () => {
    const ids: unknown[] = [];
    for await (const { event } of channel.read('desk.answers')) ids.push(event.data);
    return ids;
  };
  const allAnswered = (ids: readonly string[]) =>
    vi.waitFor(async () => expect((await answered()).toSorted()).toEqual(ids.toSorted()), { timeout: 5000 });
  /** A gate that holds every delivered command until it is opened. */
  const hold = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    return resolve;
  };

  test('stand behind their command when its append resolves, and the command is not handled again', async () => {
    await Promise.all([ask('1', 'at once'), ask('2', 'at once', 'b')]);
    expect(await answered()).toEqual(['1', '2']);
    await ask('3', 'delivered');
    await allAnswered(['1', '2', '3']);
    expect(delivered).toEqual(['3']);
    expect(db.all(`SELECT event_id FROM souk_inbox WHERE reactor = 'desk'`)).toEqual([{ event_id: '3' }]);
  });

  test.each(['delivered', 'thrown', 'stale', 'invalid'] as const)(
    'that cannot be (%s) are given when the command is delivered',
    async (how) => {
      await ask('1', how);
      await allAnswered(['1']);
      expect(delivered).toEqual(['1']);
    },
  );

  test('wait behind an earlier command of their subject, and not behind those of others', async () => {
    const letGo = hold();
    await ask('slow', 'delivered', 'a');
    await ask('behind', 'at once', 'a');
    await ask('beside', 'at once', 'b');
    expect(await answered()).toEqual(['beside']);
    letGo();
    await allAnswered(['slow', 'behind', 'beside']);
    expect(await answered()).toEqual(['beside', 'slow', 'behind']);
  });

  test('wait behind a command of the same transaction whose answer is refused there', async () => {
    await Promise.all([ask('stale', 'stale'), ask('behind', 'at once')]);
    await allAnswered(['stale', 'behind']);
    expect(await answered()).toEqual(['stale', 'behind']);
  });

  test('wait behind what was asked before the handler was opened', async () => {
    await desk.close();
    await ask('before', 'at once');
    const letGo = hold();
    desk = openDesk();
    await ask('after', 'at once');
    await nextTurn();
    expect(await answered()).toEqual([]);
    letGo();
    await allAnswered(['before', 'after']);
    expect(await answered()).toEqual(['before', 'after']);
  });

  test('wait behind a dead letter, over a restart too, until it is replayed', async () => {
    await desk.close();
    desk = openDesk({ maxDeliver: 1 });
    await ask('dead', 'second try');
    const parked = () => vi.waitFor(async () => expect(await desk.deadLetters()).toHaveLength(1));
    await parked();
    await ask('behind', 'at once');
    await desk.close();
    desk = openDesk();
    await parked();
    await ask('behind that', 'at once');
    await ask('beside', 'at once', 'b');
    await allAnswered(['beside']);
    const [letter] = await desk.deadLetters();
    await desk.replay(letter!.position);
    await allAnswered(['dead', 'behind', 'behind that', 'beside']);
    expect(await answered()).toEqual(['beside', 'dead', 'behind', 'behind that']);
  });

  test('are given again, when the subject has nothing left that waits', async () => {
    await ask('1', 'delivered');
    await allAnswered(['1']);
    let n = 1;
    await vi.waitFor(async () => {
      await ask(String(++n), 'at once');
      expect(await answered()).toContain(String(n));
    });
    expect(await answered()).toEqual(Array.from({ length: n }, (_, index) => String(index + 1)));
  });

  test('come once for each command and in their order, whatever fails, lags, or is opened anew in between', async () => {
    const how = fc.constantFrom<How>('at once', 'at once', 'at once', 'delivered', 'thrown', 'stale', 'second try');
    const step = fc.record({
      how,
      subject: fc.constantFrom('a', 'b', 'c'),
      next: fc.constantFrom('', '', 'turn', 'reopen'),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        run++;
        const asked: string[] = [];
        const appends: Promise<unknown>[] = [];
        for (const [index, { how: way, subject, next }] of steps.entries()) {
          const id = `${run}-${subject}-${index}`;
          asked.push(id);
          appends.push(ask(id, way, subject));
          if (next === 'turn') await nextTurn();
          if (next !== 'reopen') continue;
          await desk.close();
          desk = openDesk();
        }
        await Promise.all(appends);
        const ofRun = async () => (await answered()).map(String).filter((id) => id.startsWith(`${run}-`));
        await vi.waitFor(async () => expect((await ofRun()).length).toBeGreaterThanOrEqual(asked.length), 5000);
        const given = await ofRun();
        for (const subject of ['a', 'b', 'c']) {
          const of = (ids: readonly string[]) => ids.filter((id) => id.includes(`-${subject}-`));
          expect(of(given)).toEqual(of(asked));
        }
      }),
      { numRuns: adapter === 'memory' ? 60 : 15 },
    );
  }, 60_000);

  test('are not asked for what only happens on the same subjects', async () => {
    const asked: string[] = [];
    await desk.close();
    desk = openDesk({ answerAtOnce: ({ id }) => void asked.push(id) });
    const other = cloudEvent({ type: 'desk.said.v1', source: '/test', id: 'other', data: null });
    await channel.append('desk.asked.a', [other], { expect: 'any' });
    await ask('1', 'at once');
    expect(asked).toEqual(['1']);
  });
});

test('a reactor passes over what was done by other means without a trace', async () => {
  const channel = memoryChannel();
  const db = openDatabase({ file: ':memory:', migrations: [] });
  const done: string[] = [];
  const one = reactor({
    ...{ name: 'one', channel, db, stream: 'desk', isDone: ({ event }) => event.id === '1' },
    handle: async ({ event }) => void done.push(event.id),
  });
  for (const id of ['1', '2']) {
    await channel.append('desk.a', [cloudEvent({ ...command, source: '/test', id, data: null })], { expect: 'any' });
  }
  await vi.waitFor(() => expect(done).toEqual(['2']));
  await one.close();
  expect(done).toEqual(['2']);
  db.close();
  await channel.close();
});
