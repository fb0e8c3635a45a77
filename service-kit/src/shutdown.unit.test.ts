import { describe, expect, test } from 'vitest';
import { CloseFailed, closeAll, onShutdown } from './shutdown.ts';
import { testLog } from './testing/index.ts';

describe('closeAll', () => {
  test('closes in reverse order, one after the other', async () => {
    const order: string[] = [];
    const named = (name: string) => ({
      async close() {
        order.push(`${name} begins`);
        await undefined;
        order.push(`${name} ends`);
      },
    });
    await closeAll([named('a'), named('b')]);
    expect(order).toEqual(['b begins', 'b ends', 'a begins', 'a ends']);
  });

  test('closes the rest when one fails or hangs, and tells which ones did', async () => {
    let closed = false;
    const first = { close: () => void (closed = true) };
    const failing = { close: () => Promise.reject(new Error('broken')) };
    const hanging = { close: () => new Promise<void>(() => undefined) };
    const result = closeAll([first, failing, hanging], { deadlineMs: 5 });
    await expect(result).rejects.toThrow(CloseFailed);
    await expect(result).rejects.toMatchObject({ errors: [{ message: 'not closed in 5 ms' }, { message: 'broken' }] });
    expect(closed).toBe(true);
  });
});

describe('onShutdown', () => {
  test('closes at the first signal, then exits with 0', async () => {
    let closed = 0;
    const exited = Promise.withResolvers<number>();
    const options = { log: testLog, signals: ['SIGWINCH'] as const, exit: exited.resolve };
    const undo = onShutdown([{ close: () => void closed++ }], options);
    process.emit('SIGWINCH');
    expect(await exited.promise).toBe(0);
    expect(closed).toBe(1);
    undo();
    expect(process.listenerCount('SIGWINCH')).toBe(0);
  });

  test('exits with 1 when something does not close cleanly', async () => {
    const exited = Promise.withResolvers<number>();
    const options = { log: testLog, signals: ['SIGWINCH'] as const, exit: exited.resolve };
    const undo = onShutdown([{ close: () => Promise.reject(new Error('broken')) }], options);
    process.emit('SIGWINCH');
    expect(await exited.promise).toBe(1);
    undo();
  });
});
