import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventChannel } from '@souk/event-channel';
import { natsChannel } from '@souk/event-channel/nats';
import { given } from '@souk/service-kit/testing';
import { natsForTests, startNats, type Nats } from '../../../../scripts/nats.ts';
import { goldenPairs } from '../kql/golden-pairs.ts';
import { asStaff, openQueryFixture, type QueryFixture } from '../testing/fixtures.ts';
import { appendGoldenLog } from '../testing/golden-log.ts';

const server = await natsForTests();
const golden = JSON.parse(readFileSync(new URL('../kql/golden-rows.json', import.meta.url), 'utf8')) as Record<
  string,
  unknown
>;

describe.skipIf(!server)('with the log on a nats-server', () => {
  let dir: string;
  let nats: Nats;
  let channel: EventChannel;
  let fixture: QueryFixture;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'souk-query-nats-'));
    nats = await startNats({ server: server!, dir });
    channel = await natsChannel({ servers: [...nats.servers] });
    await appendGoldenLog(channel);
    fixture = await openQueryFixture({ deadlineMs: 5_000 }, channel);
  }, 60_000);
  afterAll(async () => {
    await fixture.close();
    await nats.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it.each(goldenPairs)('the same rows as with the log in a file: $kql', async ({ kql, sql }) => {
    const translated = await fixture.ask({ kql });
    expect(translated).toMatchObject({ status: 200 });
    expect(translated.rows).toEqual(golden[kql]);
    expect((await fixture.ask({ sql })).rows).toEqual(translated.rows);
  });

  it('an answer says what position of each stream it is true at, and the past can be asked', async () => {
    const { lines } = await fixture.ask({ sql: 'SELECT count(*) FROM events' });
    expect(lines[0]).toMatchObject({
      position: 12,
      positions: { cart: await channel.lastPosition('cart'), chat: await channel.lastPosition('chat') },
    });
    expect((await fixture.ask({ sql: 'SELECT count(*) FROM events', asOf: 5 })).rows).toEqual([[5]]);
    expect((await fixture.ask({ kql: 'events | count', asOf: '2026-03-01T09:00:00Z' })).rows).toEqual([[5]]);
  });

  it('what comes is in the tail, and in answers that are kept current', async () => {
    const body = JSON.stringify({ sql: `SELECT count(*) FROM events WHERE type = 'cart.late.v1' EMIT CHANGES` });
    const headers = { 'content-type': 'application/json' };
    const stop = new AbortController();
    const { signal } = stop;
    const [tail, live] = await Promise.all([
      fixture.server.fetch('/api/events/tail?type=cart.late.v1', { ...asStaff, signal }),
      fixture.server.fetch('/api/events/query', { ...asStaff, method: 'POST', headers, body, signal }),
    ]);
    const said = [textUntil(tail, '"subject":"cart.cart.late"'), textUntil(live, '"rows":[[1]]')];
    await given(channel, 'cart.cart.late', [{ type: 'cart.late.v1', data: {} }]);
    await Promise.all(said);
    stop.abort();
  });
});

/** Reads an answer until it has said this. */
async function textUntil(response: Response, wanted: string): Promise<void> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes(wanted)) return;
  }
  throw new Error(`the stream has ended without ${wanted}: ${text}`);
}
