import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { collect, createLog, range } from '../testing/helpers.ts';
import { sqliteChannel } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'souk-crash-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the sqlite channel after SIGKILL', () => {
  it('has every acknowledged event in its place, and no event is skipped for a consumer', async () => {
    const file = join(folder, 'killed.db');
    const acknowledged = new Map<number, string>();
    let positions = 0;
    for (const round of range(3)) {
      for (const [position, text] of await runAndKill(file, 300 + round * 171)) acknowledged.set(position, text);

      const channel = sqliteChannel({ file });
      const recorded = await collect(channel.read('cart.>'));
      const found = new Map(recorded.map(({ position, subject, event }) => [position, `${subject} ${event.data}`]));
      for (const [position, text] of acknowledged) expect(found.get(position)).toBe(text);
      expect(recorded.length).toBeGreaterThan(positions);
      positions = recorded.length;

      const delivered = createLog<number>();
      const consumer = channel.consume({ stream: 'cart', durable: 'test' }, async (delivery) => {
        await delivery.ack();
        delivered.add(delivery.position);
      });
      const saved = consumer.ackedPosition;
      await delivered.atLeast(recorded.filter(({ position }) => position > saved).length);
      expect(delivered.items.toSorted((a, b) => a - b)).toEqual(
        recorded.map(({ position }) => position).filter((position) => position > saved),
      );
      await channel.close();
    }
    expect(checkFile(file)).toBe('ok');
  });

  it('is free for the next writer at once, and refused while the first one lives', async () => {
    const file = join(folder, 'locked.db');
    const child = startAppender(file);
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    await lines.next();
    expect(() => sqliteChannel({ file })).toThrow(expect.objectContaining({ code: 'log-in-use' }));
    child.kill('SIGKILL');
    await once(child, 'exit');
    await sqliteChannel({ file }).close();
  });
});

/** Lets a process append until it has acknowledged so many events, kills it and says what it acknowledged. */
async function runAndKill(file: string, atLeast: number): Promise<Map<number, string>> {
  const child = startAppender(file);
  const acknowledged = new Map<number, string>();
  for await (const line of createInterface(child.stdout)) {
    const [position, writer, n, acked] = line.split(' ');
    // The last line may be cut off by the kill.
    if (acked === undefined) break;
    acknowledged.set(Number(position), `cart.cart.c${writer} ${n}`);
    if (acknowledged.size === atLeast) child.kill('SIGKILL');
  }
  return acknowledged;
}

function startAppender(file: string) {
  const script = join(import.meta.dirname, 'test-support/appender.ts');
  return spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
}

function checkFile(file: string): unknown {
  const database = new DatabaseSync(file, { readOnly: true });
  const result = database.prepare('PRAGMA quick_check').get()?.quick_check;
  database.close();
  return result;
}
