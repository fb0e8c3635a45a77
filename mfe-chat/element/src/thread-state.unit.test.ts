import type { Message } from '@souk/chat-api';
import { describe, expect, it } from 'vitest';
import { byDay, contiguousEnd, lastFromOthers, mergeMessages, stillOutgoing, type Outgoing } from './thread-state.ts';

const message = (seq: number, from: Message['from'] = 'shopper', text = `text ${seq}`): Message => ({
  messageId: `m_${seq}`,
  seq,
  clientMsgId: `id-${seq}`,
  from,
  text,
  about: null,
  at: `2026-11-2${seq}T10:00:00Z`,
});
const outgoing = (clientMsgId: string): Outgoing => ({ clientMsgId, text: '', about: null, at: '', state: 'waiting' });

describe('The messages of a thread', () => {
  it('are merged by seq, in order, whatever order and however often they come.', () => {
    const merged = mergeMessages(
      [message(2), message(4)],
      [message(3), message(2, 'shopper', 'newer copy'), message(1)],
    );
    expect(merged.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(merged[1]?.text).toBe('newer copy');
  });

  it('are complete up to the first gap, counted from the first one at hand.', () => {
    expect(contiguousEnd([])).toBe(0);
    expect(contiguousEnd([message(3), message(4), message(6)])).toBe(4);
  });

  it('take the place of what was on its way, only when it is the same side’s.', () => {
    const waiting = [outgoing('id-1'), outgoing('id-2')];
    expect(stillOutgoing(waiting, [message(1), message(2, 'staff')], 'shopper')).toEqual([outgoing('id-2')]);
  });

  it('have a last one by the other side: the shop’s own answers count for the shopper and not for the desk.', () => {
    const all = [message(1), message(2, 'shop'), message(3)];
    expect(lastFromOthers(all, 'shopper')).toBe(2);
    expect(lastFromOthers(all, 'staff')).toBe(3);
    expect(lastFromOthers([message(1)], 'shopper')).toBe(0);
  });

  it('are grouped by day, in order.', () => {
    const days = byDay([message(1), message(2), message(3)], (at) => (at < '2026-11-23' ? 'before' : 'after'));
    expect(days.map(({ date, messages }) => [date, messages.length])).toEqual([
      ['before', 2],
      ['after', 1],
    ]);
  });
});
