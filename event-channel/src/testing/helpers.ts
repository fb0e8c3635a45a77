import type { Appended, CloudEvent, EventChannel, Recorded, Subject } from '../port.ts';

let count = 0;

/** A new event with its own id. */
export function anEvent(data: unknown = {}): CloudEvent {
  const id = `e${++count}`;
  return {
    specversion: '1.0',
    id,
    source: '/test',
    type: 'cart.tested.v1',
    time: '2026-01-01T00:00:00.000Z',
    datacontenttype: 'application/json',
    data,
    correlationid: id,
  };
}

/** Appends one event with this data, whatever the subject is at. */
export function append(channel: EventChannel, subject: Subject, data: unknown): Promise<Appended> {
  return channel.append(subject, [anEvent(data)], { expect: 'any' });
}

/** Appends one event for each data, in order. */
export async function appendAll(channel: EventChannel, subject: Subject, all: readonly unknown[]): Promise<Appended[]> {
  return Promise.all(all.map((data) => append(channel, subject, data)));
}

/** Everything an iterable yields until it ends, or its first `limit` items. */
export async function collect<T>(iterable: AsyncIterable<T>, limit = Infinity): Promise<T[]> {
  const items: T[] = [];
  for await (const item of iterable) {
    items.push(item);
    if (items.length === limit) break;
  }
  return items;
}

/** The data of events, which is what most cases tell events apart by. */
export function dataOf(recorded: readonly Recorded[]): unknown[] {
  return recorded.map(({ event }) => event.data);
}

/** 0, 1, 2, … */
export function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

/** Things that happened, and promises for there being enough of them. */
export interface Log<T> {
  readonly items: readonly T[];
  add(item: T): void;
  /** Resolves with all items once there are at least so many. */
  atLeast(length: number): Promise<readonly T[]>;
}

export function createLog<T>(): Log<T> {
  const items: T[] = [];
  const waiting = new Set<() => void>();
  return {
    items,
    add(item) {
      items.push(item);
      for (const check of Array.from(waiting)) check();
    },
    atLeast: (length) =>
      new Promise((resolve) => {
        const check = () => {
          if (items.length < length) return;
          waiting.delete(check);
          resolve(items);
        };
        waiting.add(check);
        check();
      }),
  };
}

/** A promise to be opened by hand: holds a handler where a case wants it. */
export function createGate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: () => resolve() };
}
