import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventChannel } from '@souk/event-channel';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { openDatabase } from '@souk/service-kit';
import type { Backend } from '@souk/service-kit';
import { given, serve, testLog, TEST_SECRET } from '@souk/service-kit/testing';
import type { TestServer } from '@souk/service-kit/testing';
import { createQueryBackend } from '../query-backend.ts';
import type { QueryLimits } from '../runner/query.ts';

/** A log with a query backend on it. */
export interface QueryFixture {
  readonly channel: EventChannel;
  readonly server: TestServer;
  readonly logFile: string;
  readonly dir: string;
  readonly backend: Backend;
  /** Asks as staff; the answer's lines, parsed. */
  ask(body: object): Promise<Asked>;
  close(): Promise<void>;
}

/** An answer, taken apart. */
export interface Asked {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- compared with what is expected, member by member
  readonly lines: readonly any[];
  readonly rows: readonly (readonly unknown[])[];
}

export const asStaff = { as: { roles: ['staff' as const] } };

/** Of `shelf.db`. */
export const shelfMigrations = [`CREATE TABLE cups (name TEXT, price INTEGER); CREATE TABLE secrets (word TEXT);`];

/**
 * Opens one in a new folder. `shelf_cups` is its one read model.
 * @param other a channel without a file; the backend then keeps a copy @default the sqlite channel
 */
export async function openQueryFixture(limits: Partial<QueryLimits> = {}, other?: EventChannel): Promise<QueryFixture> {
  const dir = mkdtempSync(join(tmpdir(), 'souk-query-'));
  const logFile = join(dir, 'events.db');
  const channel = other ?? sqliteChannel({ file: logFile });
  const shelf = openDatabase({ file: join(dir, 'shelf.db'), migrations: shelfMigrations });
  shelf.exec(`INSERT INTO cups VALUES ('Green cup', 450), ('Blue cup', 700); INSERT INTO secrets VALUES ('sesame')`);
  const backend = await createQueryBackend({
    ...{
      channel,
      dataDir: dir,
      logFile: other ? undefined : logFile,
      limits,
      log: testLog,
      sessionSecret: TEST_SECRET,
    },
    streams: ['cart', 'catalog', 'chat'],
    readModels: [
      { name: 'shelf', file: join(dir, 'shelf.db'), tables: ['cups', 'never-made'] },
      { name: 'gone', file: join(dir, 'gone.db'), tables: ['things'] },
    ],
  });
  const server = await serve(backend);
  return {
    ...{ channel, server, logFile, dir, backend },
    async ask(body) {
      const response = await server.fetch('/api/events/query', { method: 'POST', json: body, ...asStaff });
      return parse(response.status, await response.text());
    },
    async close() {
      await server.close();
      await backend.close();
      await channel.close();
      shelf.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Appends so many `cart.line-set.v1` on `cart.cart.<name>`, each with its number `n`. */
export async function appendLines(channel: EventChannel, name: string, count: number, from = 1): Promise<void> {
  for (let n = from; n < from + count; n += 500) {
    const events = Array.from({ length: Math.min(500, from + count - n) }, (_, index) => ({
      type: 'cart.line-set.v1',
      data: { cart: name, n: n + index },
    }));
    await given(channel, `cart.cart.${name}`, events);
  }
}

function parse(status: number, text: string): Asked {
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);
  return { status, lines, rows: lines.filter((line): line is unknown[] => Array.isArray(line)) };
}
