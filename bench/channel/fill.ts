/** Writes the log that the others read: a million events on a hundred thousand subjects. */
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { cartEvent, cartSubject, size } from './events.ts';

const channel = sqliteChannel({ file: process.argv[2]!, duplicateWindowMs: 1_000 });
const atOnce = 2_000;
for (let first = 0; first < size.events; first += atOnce) {
  const numbers = Array.from({ length: atOnce }, (_, index) => first + index);
  await Promise.all(numbers.map((n) => channel.append(cartSubject(n), [cartEvent(n)], { expect: 'any' })));
}
await channel.close();
console.log('null');
