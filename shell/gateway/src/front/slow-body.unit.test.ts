import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cutSlowBody } from './slow-body.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const arriving = (type?: string) => {
  const socket = { bytesRead: 500, destroy: vi.fn() };
  const req = Object.assign(new EventEmitter(), { socket, complete: false, headers: { 'content-type': type } });
  cutSlowBody(req as unknown as IncomingMessage, 1000);
  return { req, socket };
};

it.each([undefined, 'application/json', 'text/csvx'])('a body of type %s that drips in is cut off', (type) => {
  const { socket } = arriving(type);
  socket.bytesRead += 100;
  vi.advanceTimersByTime(1000);
  expect(socket.destroy).toHaveBeenCalled();
});

it('a file may take as long as it needs while it goes on, and is cut off when it stands still', () => {
  const { socket } = arriving('text/csv; charset=utf-8');
  for (let time = 0; time < 50; time++) {
    socket.bytesRead++;
    vi.advanceTimersByTime(1000);
  }
  expect(socket.destroy).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(socket.destroy).toHaveBeenCalled();
});

it('a request that has come whole is left alone, however long its answer takes', () => {
  const { req, socket } = arriving('application/json');
  req.complete = true;
  vi.advanceTimersByTime(10_000);
  expect(socket.destroy).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

it('a request that is over leaves no timer', () => {
  const { req } = arriving('application/json');
  req.emit('close');
  expect(vi.getTimerCount()).toBe(0);
});
