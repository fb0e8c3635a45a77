import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, evolve, type ConversationCommand } from './conversation.ts';
import type { ChatEvent } from './events.ts';
import { messageText } from './message-text.ts';
import { emptyConversation, type ConversationState } from './state.ts';

const conversationId = 'c_1';

const post = (from: 'shopper' | 'staff', text: string, clientMsgId = `${from}-${text}`): ConversationCommand => ({
  kind: 'post',
  conversationId,
  from,
  speakerId: from === 'shopper' ? 's_1' : 's_2',
  text,
  clientMsgId,
  messageId: `m_${clientMsgId}`,
  about: null,
});
const answer = (toSeq: number): ConversationCommand => ({
  kind: 'answer-automatically',
  conversationId,
  toSeq,
  messageId: `m_auto-${toSeq}`,
});
const read = (by: 'shopper' | 'staff', upTo: number): ConversationCommand => ({
  kind: 'read',
  conversationId,
  by,
  upTo,
});

function run(commands: readonly ConversationCommand[]): { state: ConversationState; events: ChatEvent[] } {
  let state = emptyConversation;
  const events: ChatEvent[] = [];
  for (const command of commands) {
    const decided = decide(command, state);
    events.push(...decided);
    state = decided.reduce(evolve, state);
  }
  return { state, events };
}

describe('A conversation', () => {
  it('starts with the first message of its shopper and keeps what it is about.', () => {
    const about = { kind: 'product', id: 'fes-tile' } as const;
    const { events } = run([{ ...post('shopper', 'Is it glazed?'), about } as ConversationCommand]);
    expect(events).toEqual([
      { type: 'chat.conversation-started.v1', data: { conversationId, shopperId: 's_1', about } },
      {
        type: 'chat.message-posted.v2',
        data: {
          conversationId,
          messageId: 'm_shopper-Is it glazed?',
          clientMsgId: 'shopper-Is it glazed?',
          seq: 1,
          from: 'shopper',
          said: { author: 'Shopper', text: 'Is it glazed?' },
          about,
        },
      },
    ]);
  });

  it('takes one clientMsgId as one message, however often it comes.', () => {
    const { state } = run(Array.from({ length: 50 }, () => post('shopper', 'Hello', 'same')));
    expect(state.lastSeq).toBe(1);
  });

  it('refuses a clientMsgId that already belongs to another text.', () => {
    const { state } = run([post('shopper', 'Hello', 'same')]);
    expect(() => decide(post('shopper', 'Good bye', 'same'), state)).toThrow(
      expect.objectContaining({ code: 'client-msg-id-reused' }),
    );
  });

  it('keeps the ids of the two sides apart.', () => {
    const { state } = run([post('shopper', 'Hello', 'same'), post('staff', 'Welcome', 'same')]);
    expect(state.lastSeq).toBe(2);
  });

  it('cannot be begun by the desk or by the shop.', () => {
    for (const command of [post('staff', 'Hello'), answer(1), read('staff', 1)]) {
      expect(() => decide(command, emptyConversation)).toThrow(
        expect.objectContaining({ code: 'conversation-missing' }),
      );
    }
  });

  it('is answered by the shop itself once until a person has spoken.', () => {
    const { events } = run([
      post('shopper', 'One'),
      answer(1),
      post('shopper', 'Two'),
      answer(3),
      post('staff', 'Here I am'),
      post('shopper', 'Three'),
      answer(5),
    ]);
    const said = events.flatMap((event) => (event.type === 'chat.message-posted.v2' ? [event.data.from] : []));
    expect(said).toEqual(['shopper', 'shop', 'shopper', 'staff', 'shopper', 'shop']);
  });

  it('is not answered by the shop where a person has answered already.', () => {
    const { state } = run([post('shopper', 'One'), post('staff', 'Here I am')]);
    expect(decide(answer(1), state)).toEqual([]);
  });

  it('notes how far each side has read, never backwards and never past the end.', () => {
    const { state } = run([post('shopper', 'One'), post('shopper', 'Two'), read('staff', 99), read('staff', 1)]);
    expect(state.readUpTo).toEqual({ shopper: 0, staff: 2 });
  });

  it('counts without gaps and keeps one message per id, whatever is sent in whatever order.', () => {
    const command = fc.oneof(
      fc
        .tuple(fc.constantFrom('shopper' as const, 'staff' as const), fc.integer({ min: 0, max: 8 }))
        .map(([from, n]) => post(from, `text ${n}`, `id-${n}`)),
      fc.nat(12).map(answer),
      fc.tuple(fc.constantFrom('shopper' as const, 'staff' as const), fc.nat(12)).map(([by, n]) => read(by, n)),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const { state, events } = run([post('shopper', 'begin', 'begin'), ...commands]);
        const messages = events.flatMap((event) => (event.type === 'chat.message-posted.v2' ? [event.data] : []));
        expect(messages.map((message) => message.seq)).toEqual(messages.map((_, index) => index + 1));
        expect(new Set(messages.map((message) => `${message.from} ${message.clientMsgId}`)).size).toBe(messages.length);
        expect(state.lastSeq).toBe(messages.length);
        expect(state.readUpTo.shopper).toBeLessThanOrEqual(state.lastSeq);
        expect(state.readUpTo.staff).toBeLessThanOrEqual(state.lastSeq);
      }),
    );
  });
});

describe('The text of a message', () => {
  it('is kept as typed, without the white space around it.', () => {
    expect(messageText('  two  spaces\n\tand <b>tags</b> \n')).toBe('two  spaces\n\tand <b>tags</b>');
  });

  it('is refused when nothing is left, when it is too long, and when it holds control characters.', () => {
    const codeOf = (text: string): string => {
      try {
        messageText(text);
        return 'taken';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(codeOf(' \n ')).toBe('text-empty');
    expect(codeOf('a'.repeat(4001))).toBe('text-too-long');
    expect(codeOf('😀'.repeat(4000))).toBe('taken');
    for (const character of ['\u0000', '\u0007', '\u001b', '\u007f', '\u0085', '\ud800']) {
      expect(codeOf(`a${character}b`)).toBe('text-unprintable');
    }
    expect(codeOf('a\r\nb\tc')).toBe('taken');
  });
});
