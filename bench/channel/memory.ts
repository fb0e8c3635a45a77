/** Works on the log of a million events: tails all of it, and consumes an append on each of its subjects. */
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { cartEvent, cartSubject, size } from './events.ts';

/** The most that the process had in memory at any time. */
export interface Memory {
  readonly peakMegabytes: number;
}

const channel = sqliteChannel({ file: process.argv[2]! });
const end = await channel.lastPosition('cart');
const stop = new AbortController();
for await (const { position } of channel.tail('cart.>', 1, stop.signal)) if (position === end) stop.abort();

let consumed = 0;
const { promise: allConsumed, resolve } = Promise.withResolvers<void>();
const consumer = channel.consume({ stream: 'cart', durable: 'bench', deliver: 'new' }, async (delivery) => {
  await delivery.ack();
  if (++consumed === size.subjects) resolve();
});
let next = 0;
const write = async () => {
  while (next < size.subjects) {
    const n = next++;
    await channel.append(cartSubject(n), [cartEvent(n)], { expect: 'any' });
  }
};
await Promise.all(Array.from({ length: 64 }, write));
await allConsumed;
await consumer.close();
await channel.close();
console.log(JSON.stringify({ peakMegabytes: process.resourceUsage().maxRSS / 1024 } satisfies Memory));
