import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CartAddItem } from '../cart-add-item.ts';
import { ChatOpen } from '../chat-open.ts';
import { answer } from './answer.ts';
import { ask } from './ask.ts';
import { freshPage } from './fresh-page.testing.ts';
import { droppedEvents, waitingRequests } from './registries.ts';
import { onWaiting, refuse, requestWaiting } from './untaken.ts';

const tile = { sku: 'ZLG-01', quantity: 2 };
const summary = { count: 2, totalCents: 5000, currency: 'EUR' } as const;

let reported: unknown[];
beforeEach(() => {
  ({ reported } = freshPage());
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('brings the reply of the handler back to the asker', async () => {
  const handler = vi.fn(async () => summary);
  answer(CartAddItem, handler);
  expect(await ask(window, new CartAddItem(tile))).toEqual(summary);
  expect(handler).toHaveBeenCalledExactlyOnceWith(tile);
  expect(waitingRequests()).toEqual([]);
});

it('gives each of many askers its own reply, whatever the order of the replies', async () => {
  const releases: (() => void)[] = [];
  answer(CartAddItem, async ({ quantity }) => {
    await new Promise<void>((resolve) => releases.push(resolve));
    return { ...summary, count: quantity };
  });
  const replies = [1, 2, 3].map((quantity) => ask(window, new CartAddItem({ ...tile, quantity })));
  for (const release of releases.toReversed()) release();
  expect((await Promise.all(replies)).map(({ count }) => count)).toEqual([1, 2, 3]);
});

it('keeps a request that nobody takes until a handler is there', async () => {
  const reply = ask(window, new CartAddItem(tile));
  expect(waitingRequests().map(({ type }) => type)).toEqual(['cart:add-item']);
  answer(CartAddItem, async () => summary);
  expect(await reply).toEqual(summary);
  expect(waitingRequests()).toEqual([]);
});

it('hands waiting requests over in the order in which they were asked', async () => {
  const replies = [3, 1, 2].map((quantity) => ask(window, new CartAddItem({ ...tile, quantity })));
  const seen: number[] = [];
  answer(CartAddItem, ({ quantity }) => {
    seen.push(quantity);
    return summary;
  });
  await Promise.all(replies);
  expect(seen).toEqual([3, 1, 2]);
});

it('leaves the waiting requests of other types alone', async () => {
  const chat = ask(window, new ChatOpen({ about: null }));
  answer(CartAddItem, async () => summary);
  expect(waitingRequests()).toHaveLength(1);
  answer(ChatOpen, () => ({ opened: true }) as const);
  expect(await chat).toEqual({ opened: true });
});

it('tells the shell of requests that wait already and of each that begins to wait', async () => {
  const first = ask(window, new CartAddItem(tile));
  const second = ask(window, new CartAddItem(tile));
  const types: string[] = [];
  const controller = new AbortController();
  onWaiting((type) => types.push(type), { signal: controller.signal });
  expect(types).toEqual(['cart:add-item']);
  const third = ask(window, new ChatOpen({}));
  expect(types).toEqual(['cart:add-item', 'chat:open']);
  controller.abort();
  answer(CartAddItem, () => summary);
  answer(ChatOpen, () => ({ opened: true }) as const);
  await Promise.all([first, second, third]);
});

it('reaches a handler that is there even when the event itself was stopped on its way', async () => {
  answer(CartAddItem, () => summary);
  const deaf = new EventTarget();
  expect(await ask(deaf, new CartAddItem(tile))).toEqual(summary);
});

it('is handled once when two handlers are there', async () => {
  const handlers = [vi.fn(() => summary), vi.fn(() => summary)];
  for (const handler of handlers) answer(CartAddItem, handler);
  await ask(window, new CartAddItem(tile));
  expect(handlers.map((handler) => handler.mock.calls.length)).toEqual([1, 0]);
});

it('is handled once when two handlers come late', async () => {
  const reply = ask(window, new CartAddItem(tile));
  const handlers = [vi.fn(() => summary), vi.fn(() => summary)];
  for (const handler of handlers) answer(CartAddItem, handler);
  await reply;
  expect(handlers.map((handler) => handler.mock.calls.length)).toEqual([1, 0]);
});

it('fails after the deadline when nobody takes it, and is then never done', async () => {
  const reply = ask(window, new CartAddItem(tile)).catch((error: unknown) => error);
  vi.advanceTimersByTime(8000);
  expect(await reply).toMatchObject({ name: 'RequestFailed', code: 'no-answer', taken: false });
  const handler = vi.fn(() => summary);
  answer(CartAddItem, handler);
  expect(handler).not.toHaveBeenCalled();
});

it('fails after the deadline when the handler never answers, and says that it was taken', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof summary>();
  answer(CartAddItem, () => promise);
  const reply = ask(window, new CartAddItem(tile), { deadlineMs: 500 }).catch((error: unknown) => error);
  vi.advanceTimersByTime(500);
  expect(await reply).toMatchObject({ code: 'no-answer', taken: true });
  resolve(summary);
  await vi.runAllTimersAsync();
  expect(droppedEvents().size).toBe(0);
});

it('carries the code of an expected refusal to the asker', async () => {
  answer(CartAddItem, async () => {
    throw Object.assign(new Error('Only 1 left'), { code: 'not-enough-stock' });
  });
  await expect(ask(window, new CartAddItem(tile))).rejects.toMatchObject({
    code: 'not-enough-stock',
    message: 'Only 1 left',
    taken: true,
  });
  expect(reported).toEqual([]);
});

it('answers at once when the handler breaks, and reports the error with its stack', async () => {
  const broken = new TypeError('x is undefined');
  answer(CartAddItem, () => {
    throw broken;
  });
  await expect(ask(window, new CartAddItem(tile))).rejects.toMatchObject({ code: 'failed', message: 'x is undefined' });
  expect(reported).toEqual([broken]);
});

it('refuses a malformed payload without asking the handler', async () => {
  const handler = vi.fn(() => summary);
  answer(CartAddItem, handler);
  const event = new CartAddItem({ sku: 'ZLG-01', quantity: 1e9 });
  await expect(ask(window, event)).rejects.toMatchObject({ code: 'malformed', taken: false });
  expect(handler).not.toHaveBeenCalled();
  expect(droppedEvents().get('cart:add-item')).toBe(1);
});

it('drops a request without an id: nobody could get the reply', () => {
  const handler = vi.fn(() => summary);
  answer(CartAddItem, handler);
  for (const detail of [null, { payload: tile }]) {
    window.dispatchEvent(new CustomEvent('cart:add-item', { cancelable: true, detail }));
  }
  expect(handler).not.toHaveBeenCalled();
  expect(droppedEvents().get('cart:add-item')).toBe(2);
});

it('does not hand a malformed reply to the asker', async () => {
  answer(CartAddItem, () => ({ ...summary, count: -3 }));
  await expect(ask(window, new CartAddItem(tile))).rejects.toMatchObject({ code: 'malformed' });
  expect(droppedEvents().get('cart:add-item:reply')).toBe(1);
});

it('ignores replies to others and replies that are no replies', async () => {
  const reply = ask(window, new CartAddItem(tile));
  for (const detail of [null, {}, { requestId: 'another', ok: true, value: summary }]) {
    window.dispatchEvent(new CustomEvent('cart:add-item:reply', { detail }));
  }
  answer(CartAddItem, () => summary);
  expect(await reply).toEqual(summary);
});

it('survives a reply with its id that is no outcome', async () => {
  const event = new CartAddItem(tile);
  const reply = ask(window, event);
  const detail = { requestId: event.detail.requestId, ok: false };
  window.dispatchEvent(new CustomEvent('cart:add-item:reply', { detail }));
  await expect(reply).rejects.toMatchObject({ code: 'malformed' });
});

it('ends when its signal aborts, and a request that still waits is then never done', async () => {
  const controller = new AbortController();
  const reply = ask(window, new CartAddItem(tile), { signal: controller.signal }).catch((error: unknown) => error);
  controller.abort(new Error('left the page'));
  expect(await reply).toMatchObject({ message: 'left the page' });
  expect(waitingRequests()).toEqual([]);
});

it('does not even dispatch when its signal is aborted already', async () => {
  const handler = vi.fn(() => summary);
  answer(CartAddItem, handler);
  await expect(ask(window, new CartAddItem(tile), { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(handler).not.toHaveBeenCalled();
});

it('leaves requests to wait once the signal of the handler aborts', async () => {
  const controller = new AbortController();
  answer(CartAddItem, () => summary, { signal: controller.signal });
  controller.abort();
  const reply = ask(window, new CartAddItem(tile));
  expect(waitingRequests()).toHaveLength(1);
  answer(CartAddItem, () => summary);
  await reply;
});

it('ends at once when the shell refuses it, because its handler cannot be loaded', async () => {
  const reply = ask(window, new CartAddItem(tile));
  refuse('cart:add-item', 'no-answer', 'The cart could not be loaded');
  await expect(reply).rejects.toMatchObject({ code: 'no-answer', taken: false });
  expect(waitingRequests()).toEqual([]);
});

it('takes away its listeners and its timer when it is over', async () => {
  answer(CartAddItem, () => summary);
  await ask(window, new CartAddItem(tile));
  expect(vi.getTimerCount()).toBe(0);
});

it('shares waiting requests with another copy of the library', async () => {
  const list = waitingRequests();
  const detail = { requestId: 'from-an-older-copy', payload: tile };
  list.push({ type: 'cart:add-item', detail });
  const replies: unknown[] = [];
  window.addEventListener('cart:add-item:reply', (event) => replies.push((event as CustomEvent).detail));
  answer(CartAddItem, () => summary);
  await vi.waitFor(() => expect(replies).toEqual([{ requestId: 'from-an-older-copy', ok: true, value: summary }]));
  window.dispatchEvent(new CustomEvent(requestWaiting, { detail: { type: 'cart:add-item', detail } }));
  expect(replies).toHaveLength(1);
});
