import { sqliteChannel } from '../index.ts';
import { anEvent, range } from '../../testing/helpers.ts';

/** Appends from 16 writers without end and says on standard output what was acknowledged; made to be killed. */
const channel = sqliteChannel({ file: process.argv[2] as string });
const consumer = channel.consume({ stream: 'cart', durable: 'test' }, (delivery) => delivery.ack());

for (const writer of range(16)) void write(writer);

async function write(writer: number): Promise<never> {
  for (let n = 0; ; n++) {
    // Ids of its own: a process before this one has used the same.
    const event = { ...anEvent(n), source: `/test/${process.pid}` };
    const { position } = await channel.append(`cart.cart.c${writer}`, [event], { expect: 'any' });
    process.stdout.write(`${position} ${writer} ${n} ${consumer.ackedPosition}\n`);
  }
}
