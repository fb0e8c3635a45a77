import { memoryChannel } from '@souk/event-channel/memory';
import { expect, test } from 'vitest';
import { cloudEvent } from '../cloud-event.ts';
import { openDatabase } from '../sqlite.ts';
import { untilEvent } from '../testing/index.ts';
import { sagaCommandId } from './command-id.ts';
import { sagaParticipant } from './participant.ts';

/** Two attempts at one effect; money that was taken in the first has been given back before the second. */
async function answersTo(askedAnew: readonly string[]): Promise<string[]> {
  const [channel, db] = [memoryChannel(), openDatabase({ file: ':memory:', migrations: [] })];
  const outcomes = ['bank.taken.v1', 'bank.refused.v1'];
  const participant = sagaParticipant({
    ...{ name: 'bank', stream: 'trips', source: '/bank', channel, db, askedAnew },
    commands: {
      'trips.money-asked.v1': async () => ({
        subject: 'bank.trip.t1',
        events: [{ type: outcomes.shift()!, data: {} }],
      }),
    },
  });
  for (const attempt of [1, 2]) {
    const id = sagaCommandId({ sagaId: 't1', step: 'pay', kind: 'forward', round: 1, attempt });
    const command = cloudEvent({ type: 'trips.money-asked.v1', source: '/trips', data: {}, id });
    await channel.append('trips.saga.t1', [command], { expect: 'any' });
    await untilEvent(channel, 'bank.trip.t1', ({ event }) => event.causationid === id);
  }
  const types: string[] = [];
  for await (const { event } of channel.read('bank.>')) types.push(event.type);
  await participant.close();
  db.close();
  await channel.close();
  return types;
}

test('another attempt at what was answered gets the same answer, without the handler', async () => {
  expect(await answersTo([])).toEqual(['bank.taken.v1', 'bank.taken.v1']);
});

test('where an effect may have been undone since, each attempt is asked anew', async () => {
  expect(await answersTo(['trips.money-asked.v1'])).toEqual(['bank.taken.v1', 'bank.refused.v1']);
});
