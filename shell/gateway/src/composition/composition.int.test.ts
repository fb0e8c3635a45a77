import { afterEach, expect, it } from 'vitest';
import type { EventChannel } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { cookieOf, gatewayFixture, writeTinyMfe } from '../testing/index.ts';
import type { GatewayFixture } from '../testing/index.ts';

let shop: GatewayFixture;
afterEach(() => shop.close());

const by = 'team-tiny';
const fragmentOf = (version: string) => `export const render = async () => {
  return { status: 200, title: 'Tiny', html: '<tiny-page>rendered by ${version}</tiny-page>' };
};`;
const tiny = (version: string) => ({ name: 'tiny', version, fragment: fragmentOf(version) });

/** A page as one session gets it. */
const view = async (cookie = '') => {
  const answer = await shop.fetch('/tiny', { headers: { accept: 'text/html', ...(cookie && { cookie }) } });
  const text = await answer.text();
  return {
    cookie: cookie || cookieOf(answer),
    text,
    header: answer.headers.get('souk-deployment'),
    id: /<html[^>]* data-deployment="([^"]*)"/.exec(text)?.[1],
    data: JSON.parse(/id="souk-page">(.*?)<\/script>/.exec(text)?.[1] ?? 'null') as { deployment: string },
    version: /"\/assets\/tiny\/([^/]+)\/pages-abc\.js"/.exec(text)?.[1],
    rendered: /rendered by ([0-9.]+)/.exec(text)?.[1],
  };
};

/** Publishes a version without giving it to anybody yet: `local` promotes only what nobody has deployed over. */
const withCanary = async (percent: number, channel?: EventChannel) => {
  shop = await gatewayFixture([tiny('1.0.0')], channel ? { channel } : {});
  await shop.registry.change('tiny', { kind: 'promote', version: '1.0.0', by });
  await shop.registry.publish(writeTinyMfe(shop.dir, tiny('2.0.0')));
  await shop.registry.change('tiny', { kind: 'roll-back', to: '1.0.0', by, reason: 'for the test' });
  await shop.registry.change('tiny', { kind: 'canary', version: '2.0.0', percent, by });
};

it('gives each session one version, again and again, and the fragment of that very version', async () => {
  await withCanary(50);
  const seen = new Set<string | undefined>();
  for (let n = 0; n < 24; n++) {
    const first = await view();
    const again = await view(first.cookie);
    expect(again.version).toBe(first.version);
    expect(first.rendered).toBe(first.version);
    expect([first.header, first.data.deployment]).toEqual([first.id, first.id]);
    seen.add(first.version);
  }
  expect([...seen].toSorted()).toEqual(['1.0.0', '2.0.0']);
});

it('names other sets of versions by another id, which the session can ask for', async () => {
  await withCanary(100);
  const canary = await view();
  await shop.registry.change('tiny', { kind: 'roll-back', by, reason: 'for the test' });
  const { cookie } = canary;
  const asked = await shop.fetch('/registry/deployment', { headers: { cookie } });
  const stable = await view(cookie);

  expect([canary.version, stable.version]).toEqual(['2.0.0', '1.0.0']);
  expect(stable.id).not.toBe(canary.id);
  expect(await asked.json()).toEqual({ id: stable.id, versions: { tiny: '1.0.0' } });
});

it('goes on serving the files of a version that nobody gets any more, for the pages that are open', async () => {
  await withCanary(100);
  await shop.registry.change('tiny', { kind: 'roll-back', by, reason: 'for the test' });
  const answer = await shop.fetch('/assets/tiny/2.0.0/pages-abc.js');
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
});

it('tells every open page once that something else is live', async () => {
  await withCanary(100);
  const before = await shop.channel.lastPosition('push');
  await shop.registry.change('tiny', { kind: 'promote', by });
  const told: unknown[] = [];
  for await (const { subject, event } of shop.channel.tail('push.everyone', before + 1)) {
    told.push([subject, event.data]);
    break;
  }
  const data = { type: 'shell:deployment-changed', detail: { name: 'tiny' } };
  expect(told).toEqual([['push.everyone', data]]);
});

it('gives the stable version where the files of the canary are not to be had', async () => {
  await withCanary(100);
  const { composer } = await import('./composition.ts');
  const { deployments, manifest } = shop.registry;
  const compose = composer({ deployments, manifest: (name, v) => (v === '2.0.0' ? undefined : manifest(name, v)) });
  expect(compose('somebody').manifests.map(({ version }) => version)).toEqual(['1.0.0']);
});

it('takes a rollback at a second gateway on the same channel, from its next page on', async () => {
  const channel = memoryChannel();
  await withCanary(100, channel);
  const first = await view();
  const other = await gatewayFixture([], { channel });
  try {
    const changed = Promise.withResolvers<void>();
    other.registry.onChange(() => changed.resolve());
    await shop.registry.change('tiny', { kind: 'roll-back', by, reason: 'for the test' });
    await changed.promise;
    expect(other.registry.deployments()['tiny']?.canary).toBeUndefined();
  } finally {
    await other.gateway.close();
  }
  expect((await view(first.cookie)).version).toBe('1.0.0');
});
