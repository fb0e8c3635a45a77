import type { ShopperOverview } from '@souk/chat-api';
import { expect, it } from 'vitest';
import { filled, fitting, unfilled } from './canned.ts';

const told = { answered: true, name: 'Amina Haddad', orders: [{ orderId: 'o_2' }, { orderId: 'o_1' }] };
const overview = told as unknown as ShopperOverview;

it('A canned reply is filled with what is known, and says what is not.', () => {
  const text = 'Hello {name}, order {order}: {order} {other}';
  expect(filled(text, overview)).toBe('Hello Amina, order o_2: o_2 {other}');
  expect(filled(text, overview, 'o_1')).toBe('Hello Amina, order o_1: o_1 {other}');
  expect(filled(text, { answered: false })).toBe(text);
  expect(filled('{name}', { ...told, name: '  ' } as unknown as ShopperOverview)).toBe('{name}');
  expect(unfilled('Hello {name}!')).toEqual({ start: 6, end: 12 });
  expect(unfilled('Hello {other}!')).toBeUndefined();
});

it('A name with a dollar sign or braces is put in as it is.', () => {
  const odd = { ...told, name: '$&{order}' } as unknown as ShopperOverview;
  expect(filled('{name}, {order}', odd)).toBe('$&{order}, o_2');
});

it('Replies are found by shortcut before text, and by several words.', () => {
  const reply = (shortcut: string, text: string) => ({ replyId: shortcut, shortcut, text });
  const replies = [reply('broken', 'We send another one'), reply('send', 'On its way'), reply('bye', 'Sent it')];
  const found = (typed: string) => fitting(replies, typed).map(({ shortcut }) => shortcut);
  expect(found('')).toEqual(['broken', 'bye', 'send']);
  expect(found('sen')).toEqual(['send', 'broken', 'bye']);
  expect(found('another send')).toEqual(['broken']);
  expect(found('nothing')).toEqual([]);
});
