/** Appends by 64 writers to a nats-server. */
import { natsChannel } from '@souk/event-channel/nats';
import { cartEvent, cartSubject } from './events.ts';
import { rateOf } from './measure.ts';

const channel = await natsChannel({ servers: process.argv[2]!, onWarning: () => {} });
let n = 0;
const append = () =>
  rateOf(1_000, async (isOver) => {
    let done = 0;
    const write = async () => {
      for (; !isOver(); done++) await channel.append(cartSubject(n), [cartEvent(n++)], { expect: 'any' });
    };
    await Promise.all(Array.from({ length: 64 }, write));
    return done;
  });
await append();
const rates = [];
for (let round = 0; round < 5; round++) rates.push(await append());
await channel.close();
console.log(JSON.stringify({ rates }));
