import { memoryChannel } from '@souk/event-channel/memory';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cloudEvent } from '../cloud-event.ts';
import { parseSagaCommandId } from './command-id.ts';
import type { SagaInput } from './decide.ts';
import { sagaBook } from './saga-book.ts';
import { sagaLog } from './saga-log.ts';
import { trip } from './testing/trip.ts';

let channel: ReturnType<typeof memoryChannel>;
beforeEach(() => {
  channel = memoryChannel();
});
afterEach(() => channel.close());

/** One of several processes that run sagas over one log. */
const process = () => sagaBook({ channel, sagas: sagaLog(channel, 'trips', 'trips'), known: () => trip, now: () => 0 });
const reply = (type: string, to: string): Extract<SagaInput, { kind: 'reply' }> => ({
  ...{ kind: 'reply', type, data: {}, to: parseSagaCommandId(to)! },
  place: { id: 'r', type, stream: 'air', subject: 'air.x', position: 1 },
});

test('a process whose memory is behind the log misses nothing: neither when it would act nor when it would not', async () => {
  const [one, two] = [process(), process()];
  await one.start(trip, 't1', { city: 'Rome' });
  await two.tell('t1', () => reply('air.booked.v1', 't1.flight.forward.1'));
  // To its memory a reply to a command that was never sent; the log knows that command.
  await one.tell('t1', () => reply('inn.booked.v1', 't1.room.forward.1'));
  expect((await one.look('t1'))?.state.wait).toMatchObject({ step: 'pay' });
  // Its memory still waits for the room.
  await two.tell('t1', () => reply('inn.booked.v1', 't1.room.forward.1'));
  await two.tell('t1', () => reply('bank.paid.v1', 't1.pay.forward.1'));
  expect((await one.look('t1'))?.state.status).toBe('completed');
});

test('two processes that are told the same at once do it once', async () => {
  const [one, two] = [process(), process()];
  const begun = await Promise.all([one, two].map((book) => book.start(trip, 't1', { city: 'Rome' })));
  expect(begun.map((result) => result.begun).toSorted()).toEqual([false, true]);
  await Promise.all([one, two].map((book) => book.tell('t1', () => reply('air.booked.v1', 't1.flight.forward.1'))));
  const types: string[] = [];
  for await (const { event } of channel.read('trips.>')) types.push(event.type);
  expect(types.filter((type) => type === 'trips.room-asked.v1')).toHaveLength(1);
});

test('what could not follow a reply as it was written is told when the reply is delivered', async () => {
  const book = process();
  await book.start(trip, 't1', { city: 'Rome' });
  const said = reply('air.booked.v1', 't1.flight.forward.1');
  const recorded = { stream: 'air', subject: 'air.x', position: 1, event: cloudEvent({ ...said, source: '/air' }) };
  book.follow('t1', said, recorded)?.settled(new Error('the disk is full'));
  expect(book.followed(recorded)).toBe(false);
  await book.tell('t1', () => said);
  expect((await book.look('t1'))?.state.wait).toMatchObject({ step: 'room' });
  expect(book.follow('t1', said, recorded)).toBeUndefined();
});

test('while one reply is written nothing else is decided', async () => {
  const book = process();
  await book.start(trip, 't1', { city: 'Rome' });
  const said = reply('air.booked.v1', 't1.flight.forward.1');
  const recorded = { stream: 'air', subject: 'air.x', position: 1, event: cloudEvent({ ...said, source: '/air' }) };
  const { subject, events, settled, ...options } = book.follow('t1', said, recorded)!;
  const told = book.tell('t1', () => said);
  expect(book.follow('t1', said, recorded)).toBeUndefined();
  settled(await channel.append(subject, events, options));
  await told;
  expect([book.followed(recorded), book.followed(recorded)]).toEqual([true, false]);
  const types: string[] = [];
  for await (const { event } of channel.read('trips.>')) types.push(event.type);
  expect(types.filter((type) => type === 'trips.room-asked.v1')).toHaveLength(1);
});
