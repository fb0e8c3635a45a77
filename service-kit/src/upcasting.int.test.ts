import { memoryChannel } from '@souk/event-channel/memory';
import type { CloudEvent, EventChannel } from '@souk/event-channel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projection } from './projection.ts';
import { reactor } from './reactor.ts';
import { openDatabase } from './sqlite.ts';
import type { Database } from './sqlite.ts';
import { given, untilEvent } from './testing/index.ts';
import { upcasting } from './upcasting.ts';
import type { Upcast } from './upcasting.ts';

/** Version 1 had one name, version 2 has two. */
const upcast: Upcast = (event) => {
  if (event.type !== 'demo.named.v1') return event;
  const [first, last] = (event.data as { name: string }).name.split(' ');
  return { ...event, type: 'demo.named.v2', data: { first, last } };
};
const named = { type: 'demo.named.v1', data: { name: 'Anna Amari' } };
const namedNow = { type: 'demo.named.v2', data: { first: 'Anna', last: 'Amari' } };

let raw: EventChannel;
let channel: EventChannel;
let db: Database;
beforeEach(() => {
  raw = memoryChannel();
  channel = upcasting(raw, upcast);
  db = openDatabase({ file: ':memory:', migrations: ['CREATE TABLE person (first TEXT, last TEXT)'] });
});
afterEach(async () => {
  await channel.close();
  db.close();
});

async function allOf(from: EventChannel): Promise<CloudEvent[]> {
  const events: CloudEvent[] = [];
  for await (const { event } of from.read('demo.>')) events.push(event);
  return events;
}

test('what is read is current and keeps its envelope; the log stays as it was written', async () => {
  await given(channel, 'demo.a', [named]);
  const [recorded] = await allOf(raw);
  const [read] = await allOf(channel);
  expect(recorded).toMatchObject(named);
  expect(read).toEqual({ ...recorded, ...namedNow });
});

test('a projection takes in current events, those that were there and those that come', async () => {
  await given(raw, 'demo.a', [named]);
  const view = projection({
    ...{ name: 'people', channel, db, stream: 'demo' },
    apply({ event: { type, data } }) {
      expect(type).toBe('demo.named.v2');
      const { first, last } = data as typeof namedNow.data;
      db.run('INSERT INTO person VALUES (?, ?)', first, last);
    },
  });
  const { position } = await given(raw, 'demo.a', [named, namedNow]);
  await view.waitFor(position);
  await view.close();
  expect(db.all('SELECT * FROM person')).toEqual(Array.from({ length: 3 }, () => namedNow.data));
});

test('a reactor is handed current events, and what it appends is taken', async () => {
  await given(raw, 'demo.a', [named]);
  const greeter = reactor({
    ...{ name: 'greeter', channel, db, stream: 'demo', filter: 'demo.a' },
    async handle({ event }) {
      const { first } = event.data as typeof namedNow.data;
      await given(channel, 'demo.b', [{ type: 'demo.greeted.v1', data: { first } }]);
    },
  });
  const seen = await untilEvent(channel, 'demo.b', () => true);
  await greeter.close();
  expect(seen[0]?.event).toMatchObject({ type: 'demo.greeted.v1', data: { first: 'Anna' } });
});

test('who decides about an event while it is written is asked about its current version', async () => {
  const seen: string[] = [];
  channel.followUp!('demo.>', ({ event }) => void seen.push(event.type));
  await given(raw, 'demo.a', [named]);
  expect(seen).toEqual(['demo.named.v2']);
});

test('a dead letter shows what stands in the log', async () => {
  await given(raw, 'demo.a', [named]);
  const failed = Promise.withResolvers<void>();
  const consumer = channel.consume({ stream: 'demo', durable: 'd' }, async (delivery) => {
    delivery.term('no');
    failed.resolve();
  });
  await failed.promise;
  await expect.poll(() => consumer.deadLetters()).toMatchObject([{ event: named }]);
  await consumer.close();
});

test('a loop that is left early ends what it read from', async () => {
  let ended = false;
  async function* endless() {
    try {
      for (let position = 1; ; position++) {
        const event = { ...named, specversion: '1.0', id: String(position) } as unknown as CloudEvent;
        yield { stream: 'demo', subject: 'demo.a', position, event };
      }
    } finally {
      ended = true;
    }
  }
  const leaky = upcasting({ ...raw, read: endless, tail: endless }, upcast);
  for await (const { event } of leaky.tail('demo.>', 1)) {
    expect(event.type).toBe('demo.named.v2');
    break;
  }
  expect(ended).toBe(true);
});
