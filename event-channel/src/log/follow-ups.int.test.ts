import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Appended, EventChannel, FollowUp, Recorded } from '../index.ts';
import { memoryChannel } from '../memory/index.ts';
import { sqliteChannel } from '../sqlite/index.ts';
import { anEvent, append, collect, createLog, dataOf } from '../testing/helpers.ts';

describe.each(['memory', 'sqlite'] as const)('follow-ups on %s', (adapter) => {
  let folder: string;
  let channel: EventChannel;
  let errors: unknown[];
  let outcomes: (Appended | Error)[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'souk-follow-'));
    [errors, outcomes] = [[], []];
    const onHandlerError = (error: unknown) => void errors.push(error);
    const options = { onHandlerError, maxCommitBytes: 1_000 };
    channel =
      adapter === 'memory' ? memoryChannel(options) : sqliteChannel({ ...options, file: join(folder, 'log.db') });
  });
  afterEach(async () => {
    await channel.close();
    rmSync(folder, { recursive: true });
  });

  const follow = (decide: (recorded: Recorded) => Partial<FollowUp> | undefined, filter = 'chat.>') =>
    channel.followUp!(filter, (recorded) => {
      const followUp = decide(recorded);
      return followUp && { ...standard(recorded), ...followUp };
    });
  const standard = ({ event }: Recorded): FollowUp => ({
    ...{ subject: 'cart.saga.a', events: [anEvent(`after ${event.data}`)], expect: 'any' },
    settled: (outcome) => void outcomes.push(outcome),
  });
  const carts = async () => dataOf(await collect(channel.read('cart.>')));

  it('are there when the append of their event resolves, and reach who consumes and who tails', async () => {
    follow(() => ({}));
    const [seen, tailed] = [createLog<unknown>(), collect(channel.tail('cart.>', 1), 1)];
    channel.consume({ stream: 'cart', durable: 'test' }, async (delivery) => {
      seen.add(delivery.event.data);
      await delivery.ack();
    });
    await append(channel, 'chat.room.a', 1);
    expect(await carts()).toEqual(['after 1']);
    const [followUp] = await collect(channel.read('cart.>'));
    expect(outcomes).toEqual([{ position: followUp?.position, revision: followUp?.position, duplicate: false }]);
    expect(await seen.atLeast(1)).toEqual(['after 1']);
    expect(dataOf(await tailed)).toEqual(['after 1']);
  });

  it('are asked about every event of a commit with its position, about follow-ups too, and not about duplicates', async () => {
    const asked: unknown[] = [];
    follow(({ position, event }) => void asked.push([position, event.data]));
    follow(({ event }) => (event.data === 1 ? {} : undefined));
    follow(({ event }) => void asked.push(event.data), 'cart.>');
    const events = [anEvent(1), anEvent(2)];
    await channel.append('chat.room.a', events, { expect: 'any' });
    await channel.append('chat.room.a', events, { expect: 'any' });
    const recorded = await collect(channel.read('chat.>'));
    expect(asked).toEqual([...recorded.map(({ position, event }) => [position, event.data]), 'after 1']);
  });

  it('do not follow an event that is refused', async () => {
    follow(() => ({}));
    await append(channel, 'chat.room.a', 1);
    await expect(channel.append('chat.room.a', [anEvent(2)], { expect: 'no-stream' })).rejects.toThrow();
    expect(await carts()).toEqual(['after 1']);
  });

  it('that cannot be taken leave their event alone, and hear why', async () => {
    follow(() => ({ expect: { revision: 77 } }));
    follow(() => ({ events: [anEvent('long'.repeat(1_000))] }));
    follow(() => {
      throw new Error('no idea');
    });
    const { duplicate } = await append(channel, 'chat.room.a', 1);
    expect(duplicate).toBe(false);
    expect(outcomes.map((outcome) => (outcome as { code?: string }).code).toSorted()).toEqual([
      'too-large',
      'wrong-revision',
    ]);
    expect(errors).toEqual([new Error('no idea')]);
    expect(await carts()).toEqual([]);
  });

  it('whose owner fails when told keep nobody else from hearing: appends, later follow-ups, and who consumes', async () => {
    follow(() => ({
      settled() {
        throw new Error('cannot hear');
      },
    }));
    follow(() => ({ subject: 'cart.saga.b' }));
    const seen = createLog<unknown>();
    channel.consume({ stream: 'chat', durable: 'test' }, async (delivery) => {
      seen.add(delivery.event.data);
      await delivery.ack();
    });
    await append(channel, 'chat.room.a', 1);
    expect(errors).toEqual([new Error('cannot hear')]);
    expect(outcomes).toMatchObject([{ duplicate: false }]);
    expect(await seen.atLeast(1)).toEqual([1]);
  });

  it('end with their subscription', async () => {
    const subscription = follow(() => ({}));
    await subscription.close();
    await append(channel, 'chat.room.a', 1);
    expect(await carts()).toEqual([]);
  });

  it.runIf(adapter === 'sqlite')('and their event are written together or not at all', async () => {
    follow(() => ({}));
    const other = new DatabaseSync(join(folder, 'log.db'));
    other.exec(`CREATE TRIGGER full BEFORE INSERT ON event WHEN NEW.stream = 'cart'
                BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`);
    await expect(append(channel, 'chat.room.a', 1)).rejects.toMatchObject({ code: 'log-unavailable' });
    expect(outcomes).toMatchObject([{ code: 'log-unavailable' }]);
    other.exec('DROP TRIGGER full');
    other.close();
    expect(await collect(channel.read('chat.>'))).toEqual([]);
    await append(channel, 'chat.room.a', 2);
    expect(await carts()).toEqual(['after 2']);
  });
});
