/** What a thread shows, as pure functions over plain data: no clock, no network. */
import type { About, Attachment, Message } from '@souk/chat-api';

/** A message on its way: kept under its clientMsgId until the server's own copy is here. */
export interface Outgoing {
  readonly clientMsgId: string;
  readonly text: string;
  readonly about: About | null;
  readonly card?: About;
  readonly attachments?: readonly Attachment[];
  /** ISO 8601 UTC, by the sender's clock. */
  readonly at: string;
  /** `failed`: the server was reached and did not take it. */
  readonly state: 'waiting' | 'failed';
  /** Why it failed, for the person. */
  readonly reason?: string;
  /** The server refused the message itself: sending it again would change nothing. */
  readonly refused?: boolean;
}

/** How far a message of one's own has come. */
export type Progress = 'sending' | 'waiting' | 'failed' | 'sent' | 'delivered' | 'read';

/** How far the other side has come. */
export interface Receipt {
  readonly deliveredUpTo: number;
  readonly readUpTo: number;
}

/** How far a message that the server has is: the other side has it, or has read it. */
export function progressOf(seq: number, { deliveredUpTo, readUpTo }: Receipt): Progress {
  if (seq <= readUpTo) return 'read';
  return seq <= deliveredUpTo ? 'delivered' : 'sent';
}

/** Both, as far as either knows: what was read stays read. */
export function furthest(a: Receipt, b: Receipt): Receipt {
  return {
    deliveredUpTo: Math.max(a.deliveredUpTo, b.deliveredUpTo, a.readUpTo, b.readUpTo),
    readUpTo: Math.max(a.readUpTo, b.readUpTo),
  };
}

/** Messages merged by `seq`; the newer copy of one wins. */
export function mergeMessages(known: readonly Message[], more: readonly Message[]): Message[] {
  const bySeq = new Map([...known, ...more].map((message) => [message.seq, message]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** What is still on its way once these messages have arrived. */
export function stillOutgoing(outgoing: readonly Outgoing[], arrived: readonly Message[], side: string): Outgoing[] {
  const here = new Set(arrived.filter((message) => message.from === side).map((message) => message.clientMsgId));
  return outgoing.filter((message) => !here.has(message.clientMsgId));
}

/** Last seq up to which nothing is missing, counted from the first message at hand; 0 when there is none. */
export function contiguousEnd(messages: readonly Message[]): number {
  let end = messages[0]?.seq ?? 0;
  for (const { seq } of messages.slice(1)) {
    if (seq !== end + 1) break;
    end = seq;
  }
  return end;
}

/** The highest seq that somebody other than `side` has written. */
export function lastFromOthers(messages: readonly Message[], side: 'shopper' | 'staff'): number {
  const fromOthers = (message: Message) => (side === 'staff' ? message.from === 'shopper' : message.from !== 'shopper');
  return messages.findLast(fromOthers)?.seq ?? 0;
}

/** One day of a thread. */
export interface Day {
  /** Local date, `2026-11-23`: the key of the day. */
  readonly date: string;
  readonly messages: readonly Message[];
}

/** Messages by local day, in order. */
export function byDay(messages: readonly Message[], dateOf: (at: string) => string = localDate): Day[] {
  const days: { date: string; messages: Message[] }[] = [];
  for (const message of messages) {
    const date = dateOf(message.at);
    const day = days.at(-1);
    if (day?.date === date) day.messages.push(message);
    else days.push({ date, messages: [message] });
  }
  return days;
}

function localDate(at: string): string {
  const time = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}
