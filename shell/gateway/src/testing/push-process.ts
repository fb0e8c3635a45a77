/**
 * A gateway in a process of its own, whose memory can be measured. Told over IPC what to do:
 * `{ push: { audience, count, bytes } }` pushes so many messages of that size, `{ measure: true }` answers with
 * `{ rssBytes, externalBytes, metrics }` after a collection of garbage. Needs `--expose-gc`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { verifySession } from '@souk/service-kit';
import { gatewayFixture, testSecret } from './gateway-fixture.ts';

/** What the process is told. */
export interface PushOrder {
  readonly push?: { readonly audience: string; readonly count: number; readonly bytes: number };
  readonly measure?: true;
}

/** What it answers to `measure`. */
export interface PushMeasure {
  readonly rssBytes: number;
  readonly metrics: string;
}

const folder = mkdtempSync(join(tmpdir(), 'souk-push-'));
const channel = sqliteChannel({ file: join(folder, 'events.db') });
const limits = JSON.parse(process.argv[2] ?? '{}') as object;
const shop = await gatewayFixture([{ name: 'tiny' }], { channel, push: limits });
shop.backends['who'] = (req, res) => res.end(verifySession(req.headers['souk-session'], testSecret).shopperId);

process.on('message', async ({ push, measure }: PushOrder) => {
  if (push) {
    const text = 'x'.repeat(push.bytes);
    for (let n = 0; n < push.count; n++) await shop.push(push.audience, { n, text });
    process.send?.({ pushed: push.count });
  }
  if (measure) {
    // As when memory is short: a heap that V8 keeps because it was busy is nothing that the work holds.
    await globalThis.gc?.({ type: 'major', execution: 'async', flavor: 'last-resort' });
    const metrics = await (await shop.fetch('/metrics')).text();
    process.send?.({ rssBytes: process.memoryUsage.rss(), metrics } satisfies PushMeasure);
  }
});
process.on('disconnect', async () => {
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
process.send?.({ url: shop.url });
