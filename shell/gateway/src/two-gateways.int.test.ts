import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EventChannel } from '@souk/event-channel';
import { natsChannel } from '@souk/event-channel/nats';
import { objectArtifacts } from '@souk/shell-registry/object-artifacts';
import { changeObject, flipped, tarOf, writeBuild } from '@souk/shell-registry/testing';
import type { BuildToWrite } from '@souk/shell-registry/testing';
import { natsForTests, startNats, type Nats } from '../../../scripts/nats.ts';
import { cookieOf, gatewayFixture, writeTinyMfe } from './testing/index.ts';
import type { GatewayFixture, TinyMfe } from './testing/index.ts';

const server = await natsForTests();
describe.skipIf(!server)('two gateways, each on a host of its own, on one nats-server', () => {
  let nats: Nats;
  let dir: string;
  let shops: GatewayFixture[] = [];
  let here: GatewayFixture;
  let there: GatewayFixture;
  let cases = 0;
  let uploads = 0;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'souk-two-gateways-'));
    nats = await startNats({ server: server!, dir });
  }, 60_000);
  afterAll(async () => {
    await nats.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const open = async (): Promise<GatewayFixture> => {
    const { servers } = nats;
    const channel = await natsChannel({ servers, namespace: `case${cases}` });
    const openArtifacts = (folder: string) => objectArtifacts({ servers, dir: folder, bucket: `case${cases}` });
    // Which version renders is looked at here, and not how fast a busy machine is at it.
    const shop = await gatewayFixture([], { channel, openArtifacts, fragmentBudgetMs: 60_000 });
    shops.push(shop);
    return shop;
  };
  beforeEach(async () => {
    cases++;
    [here, there] = [await open(), await open()];
  });
  afterEach(async () => {
    for (const shop of shops) await shop.close();
    shops = [];
  });

  const by = 'team-tiny';
  const upload = async (shop: GatewayFixture, folder: string, name: string, version: string, percent = 100) =>
    shop.registry.receive(Readable.from([await tarOf(folder)]), { name, version, by, percent });
  const deploy = (shop: GatewayFixture, mfe: TinyMfe & { version: string }, percent?: number) =>
    upload(shop, writeTinyMfe(join(dir, `upload${uploads++}`), mfe), mfe.name, mfe.version, percent);
  const fragmentOf = (version: string) => `export const render = async () => {
    return { status: 200, title: 'Tiny', html: '<tiny-page>rendered by ${version}</tiny-page>' };
  };`;
  const tiny = (version: string) => ({ name: 'tiny', version, fragment: fragmentOf(version) });

  /** Does something at one gateway and waits until another has heard all of it. */
  const heardBy = async (shop: GatewayFixture, act: () => Promise<unknown>) => {
    await act();
    const position = here.registry.position();
    const heard = Promise.withResolvers<void>();
    const look = () => shop.registry.position() >= position && heard.resolve();
    const stop = shop.registry.onChange(look);
    look();
    await heard.promise;
    stop();
  };
  const view = async (shop: GatewayFixture, cookie = '') => {
    const answer = await shop.fetch('/tiny', { headers: { accept: 'text/html', ...(cookie && { cookie }) } });
    const text = await answer.text();
    return {
      cookie: cookie || cookieOf(answer),
      version: /"\/assets\/tiny\/([^/]+)\/pages-abc\.js"/.exec(text)?.[1],
      rendered: /rendered by ([0-9.]+)/.exec(text)?.[1],
      asset: await (await shop.fetch('/assets/tiny/2.0.0/pages-abc.js')).text(),
    };
  };
  const events = async (channel: EventChannel, filter: string) => {
    const all: { type: string; data: Record<string, unknown> }[] = [];
    for await (const { event } of channel.read(filter)) all.push(event as (typeof all)[number]);
    return all;
  };

  it('what is deployed, tried out, promoted and rolled back at one is so at the next page view of the other', async () => {
    await heardBy(there, () => deploy(here, tiny('1.0.0')));
    expect(await view(there)).toMatchObject({ version: '1.0.0', rendered: '1.0.0' });

    await heardBy(there, () => deploy(here, tiny('2.0.0'), 50));
    const sessions = await Promise.all(Array.from({ length: 16 }, () => view(here)));
    expect(new Set(sessions.map(({ version }) => version))).toEqual(new Set(['1.0.0', '2.0.0']));
    for (const { cookie, version } of sessions) {
      expect(await view(there, cookie)).toMatchObject({ version, rendered: version });
    }
    expect(sessions[0]?.asset).toContain("customElements.define('tiny-page'");
    expect((await view(there)).asset).toBe(sessions[0]?.asset);

    const change = (kind: 'promote' | 'roll-back') => () =>
      here.registry.change('tiny', kind === 'promote' ? { kind, by } : { kind, by, reason: 'for the test' });
    await heardBy(there, change('promote'));
    expect(await view(there)).toMatchObject({ version: '2.0.0', rendered: '2.0.0' });
    await heardBy(there, change('roll-back'));
    expect(await view(there)).toMatchObject({ version: '1.0.0', rendered: '1.0.0' });
  });

  it('of two deployments at once that fit alone and not together exactly one gets in', async () => {
    const detail = (type: string) => ({ type: 'object', required: ['n'], properties: { n: { type } } });
    const put = async (shop: GatewayFixture, wanted: BuildToWrite & { name: string }) =>
      upload(shop, writeBuild(join(dir, `upload${uploads++}`), wanted), wanted.name, wanted.version);
    for (let round = 0; round < 8; round++) {
      const type = `give${round}:changed`;
      const emits = { [type]: { ...detail('integer'), additionalProperties: false } };
      const listens = { [type]: detail('string') };
      const outcomes = await Promise.allSettled([
        put(here, { name: `give${round}`, version: '1.0.0', contract: { emits } }),
        put(there, { name: `take${round}`, version: '1.0.0', contract: { listens } }),
      ]);
      const codes = outcomes.map((outcome) =>
        outcome.status === 'rejected' ? (outcome.reason as { code: string }).code : 'in',
      );
      expect(codes.toSorted()).toEqual(['contract-broken', 'in']);
    }
    const live = (shop: GatewayFixture) => shop.registry.live().map(({ name }) => name);
    expect(live(here)).toHaveLength(8);
    expect(new Set(live(there)).size).toBe(8);
  });

  it('failures that are told to both lead to one rollback and one word to the staff', async () => {
    await heardBy(there, () => deploy(here, tiny('1.0.0')));
    await heardBy(there, () => deploy(here, tiny('2.0.0'), 50));
    const both = [here, there];
    const tell = async (n: number, report: object) => {
      const shop = both[n % 2]!;
      const { cookie } = await view(shop);
      const body = JSON.stringify({ deployment: '0123456789ab', mfes: [{ name: 'tiny', ...report }] });
      await shop.fetch('/registry/reports', {
        ...{ method: 'POST', headers: { 'content-type': 'application/json', cookie }, body },
      });
    };
    for (let n = 0; n < 8; n++) await tell(n, { version: '1.0.0', loadedMs: 100 });
    for (let n = 0; n < 8; n++) await tell(n, { version: '2.0.0', failed: 'load' });

    const alarm = async () => {
      for await (const { event } of here.channel.tail('push.staff', 1)) return event.data;
    };
    expect(await alarm()).toMatchObject({ type: 'shell:deployment-alarm', detail: { kind: 'rolled-back' } });
    const rollbacks = (await events(here.channel, 'shell.mfe.tiny')).filter(({ type }) => type.includes('rolled-back'));
    expect(rollbacks).toHaveLength(1);
    expect(await events(here.channel, 'push.staff')).toHaveLength(1);
  });

  it('a copy that was changed on one host is put right from the store, and the staff hear of it', async () => {
    await heardBy(there, () => deploy(here, tiny('2.0.0')));
    const stored = (await there.registry.file('tiny', '2.0.0', 'pages-abc.js'))!;
    for (const file of [stored.file, stored.brotliFile!]) writeFileSync(file, flipped(readFileSync(file)));

    expect((await view(there)).asset).toContain("customElements.define('tiny-page'");
    const kept = await events(there.channel, 'shell.mfe.tiny');
    expect(kept.at(-1)).toMatchObject({ type: 'shell.mfe-damaged.v1', data: { path: 'pages-abc.js' } });
    expect(readFileSync(stored.file, 'utf8')).toContain("customElements.define('tiny-page'");
  });

  it('a build that was changed in the store is given to nobody, and the staff hear of it', async () => {
    await heardBy(there, () => deploy(here, tiny('1.0.0')));
    await heardBy(there, () => deploy(here, tiny('2.0.0')));
    const { artifact = '' } = here.registry.deployments()['tiny']?.versions['2.0.0'] ?? {};
    await changeObject(nats.servers, `case${cases}`, artifact);
    const third = await open();
    for await (const { event } of third.channel.tail('push.staff', 1)) {
      expect(event.data).toMatchObject({ detail: { kind: 'damaged', name: 'tiny', version: '2.0.0' } });
      break;
    }
    expect((await third.fetch('/assets/tiny/2.0.0/pages-abc.js')).status).toBe(503);
    expect((await third.fetch('/tiny', { headers: { accept: 'text/html' } })).status).toBe(404);
    // Where a sound copy is at hand the shop goes on, and a rollback needs nothing but the version before.
    expect(await view(here)).toMatchObject({ version: '2.0.0', rendered: '2.0.0' });
    await heardBy(third, () => here.registry.change('tiny', { kind: 'roll-back', by, reason: 'damaged' }));
    expect((await third.fetch('/tiny', { headers: { accept: 'text/html' } })).status).toBe(200);
  });
});
