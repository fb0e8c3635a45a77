import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EventChannel } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { cloudEvent } from '@souk/service-kit';
import { liveTogether } from './as-of.ts';
import { liveSets } from './domain/live-together.ts';
import { createRegistry } from './registry.ts';
import type { Registry } from './registry.ts';
import { changeManifest, writeBuild } from './testing/write-build.ts';

let dir: string;
let channel: EventChannel;
let registry: Registry;
const open = () => createRegistry({ channel, dir: join(dir, 'registry') });
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'souk-registry-'));
  channel = memoryChannel();
  registry = await open();
});
afterEach(async () => {
  await channel.close();
  rmSync(dir, { recursive: true, force: true });
});

const published = async () => {
  const versions: unknown[] = [];
  for await (const { subject, event } of channel.read('shell.mfe.>')) versions.push([subject, event.type, event.data]);
  return versions;
};

const append = (type: string, data: object) =>
  channel.append('shell.mfe.tiny', [cloudEvent({ type, source: '/shell', data })], { expect: 'any' });

it('keeps a build, makes it live and says so in the log, once', async () => {
  const folder = writeBuild(dir, { version: '1.0.0' });
  expect(await registry.publish(folder)).toMatchObject({ changed: true });
  expect(await registry.publish(folder)).toMatchObject({ changed: false });

  expect(registry.live().map(({ name, version }) => `${name} ${version}`)).toEqual(['tiny 1.0.0']);
  const data = { name: 'tiny', version: '1.0.0', by: 'local' };
  const artifact = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
  expect(await published()).toEqual([
    ['shell.mfe.tiny', 'shell.mfe-published.v1', { ...data, artifact }],
    ['shell.mfe.tiny', 'shell.mfe-promoted.v1', data],
  ]);
});

it('keeps its own copy: what happens to the build folder later changes nothing', async () => {
  const folder = writeBuild(dir, { version: '1.0.0', source: 'export const n = 1;' });
  await registry.publish(folder);
  rmSync(folder, { recursive: true });

  const stored = await registry.file('tiny', '1.0.0', 'pages.js');
  expect(stored?.type).toBe('text/javascript');
  expect(readFileSync(stored?.file ?? '', 'utf8')).toBe('export const n = 1;');
  expect(brotliDecompressSync(readFileSync(stored?.brotliFile ?? '')).toString()).toBe('export const n = 1;');
});

it('knows after a restart what is live: the version that was published last', async () => {
  const first = writeBuild(dir, { version: '1.0.0' });
  await registry.publish(first);
  await registry.publish(writeBuild(dir, { version: '2.0.0', source: 'export const n = 2;' }));
  expect((await open()).live()[0]?.version).toBe('2.0.0');

  // Publishing the older one again is the way back.
  await registry.publish(first);
  expect((await open()).live()[0]?.version).toBe('1.0.0');
  expect(await registry.file('tiny', '2.0.0', 'pages.js')).toBeDefined();
});

it('lets one of several that publish the same version at once store it', async () => {
  const folder = writeBuild(dir, { version: '1.0.0' });
  await Promise.all([registry.publish(folder), registry.publish(folder), registry.publish(folder)]);
  expect(readdirSync(join(dir, 'registry', 'drafts'))).toEqual([]);
  expect(readdirSync(join(dir, 'registry', 'artifacts'))).toHaveLength(1);
  expect(await published()).toHaveLength(2);
});

it('leaves in its place what a team has deployed', async () => {
  await registry.publish(writeBuild(dir, { version: '1.0.0' }));
  await registry.publish(writeBuild(dir, { version: '2.0.0', source: 'export const n = 2;' }));
  await registry.change('tiny', { kind: 'promote', version: '1.0.0', by: 'team-tiny' });
  const byTeam = { name: 'tiny', version: '9.0.0', by: 'team-tiny', artifact: '9'.repeat(64) };
  await append('shell.mfe-published.v1', byTeam);
  await registry.change('tiny', { kind: 'promote', version: '9.0.0', by: 'team-tiny' });

  const next = await registry.publish(writeBuild(dir, { version: '3.0.0', source: 'export const n = 3;' }));
  expect(next.changed).toBe(false);
  expect(registry.deployments()['tiny']).toMatchObject({ stable: '9.0.0', previous: ['1.0.0', '2.0.0'] });
});

it('follows what another process decides, and decides again when that was faster', async () => {
  await registry.publish(writeBuild(dir, { version: '1.0.0' }));
  await registry.publish(writeBuild(dir, { version: '2.0.0', source: 'export const n = 2;' }));
  const other = await open();
  const heard = Promise.withResolvers<string>();
  other.onChange(heard.resolve);

  const canary = (percent: number) => ({ kind: 'canary', version: '1.0.0', percent, by: 'team-tiny' }) as const;
  await Promise.all([registry.change('tiny', canary(10)), other.change('tiny', canary(20))]);
  await registry.change('tiny', { kind: 'block', version: '1.0.0', by: 'team-tiny', reason: 'slow' });

  expect(await heard.promise).toBe('tiny');
  await expect(other.change('tiny', canary(30))).rejects.toMatchObject({ code: 'version-blocked' });
  expect(other.deployments()).toEqual(registry.deployments());
});

it('knows what was deployed at any position and at any time', async () => {
  await registry.publish(writeBuild(dir, { version: '1.0.0' }));
  const position = registry.position();
  const time = new Date();
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(time.getTime()));
  await registry.publish(writeBuild(dir, { version: '2.0.0', source: 'export const n = 2;' }));

  expect((await registry.asOf(0))['tiny']).toBeUndefined();
  expect((await registry.asOf(position))['tiny']?.stable).toBe('1.0.0');
  expect((await registry.asOf(time))['tiny']?.stable).toBe('1.0.0');
  expect(await registry.asOf(registry.position())).toEqual(registry.deployments());
});

it('tells of a deployment id, a position or a time what was live together, also after a restart', async () => {
  await registry.publish(writeBuild(dir, { version: '1.0.0' }));
  const first = registry.position();
  await registry.publish(writeBuild(dir, { name: 'other', version: '1.0.0' }));
  const { id } = liveSets(registry.deployments())[0]!;
  await registry.publish(writeBuild(dir, { version: '2.0.0', source: 'export const n = 2;' }));
  await registry.change('tiny', { kind: 'canary', version: '1.0.0', percent: 10, by: 'team-tiny' });
  const again = await open();

  const found = await liveTogether(again, id);
  expect(found).toMatchObject({ at: { deployment: id }, sets: [{ id, versions: { tiny: '1.0.0', other: '1.0.0' } }] });
  // First alone, then once more for the sessions that are in the canary.
  expect(found.periods).toMatchObject([{ from: { position: first + 2 }, to: { position: first + 4 } }, { from: {} }]);
  expect(found.periods[1]?.to).toBeUndefined();

  const then = await liveTogether(again, String(first));
  expect(then).toMatchObject({ sets: [{ versions: { tiny: '1.0.0' } }], periods: [{ from: { position: first } }] });
  const now = await liveTogether(again, new Date().toISOString());
  expect(now.sets.map(({ versions }) => versions['tiny'])).toEqual(['2.0.0', '1.0.0']);
  expect(await liveTogether(again, '2001-01-01T00:00:00Z')).toMatchObject({ sets: [], periods: [] });
  await expect(liveTogether(again, '0123456789ab')).rejects.toMatchObject({ code: 'no-such-deployment' });
  await expect(liveTogether(again, 'yesterday')).rejects.toMatchObject({ code: 'no-moment' });
});

it('deletes at its start what a process that died has left half done, and nothing else', async () => {
  await registry.publish(writeBuild(dir, { version: '1.0.0' }));
  for (const left of ['drafts/x', `artifacts/${'0'.repeat(64)}`])
    mkdirSync(join(dir, 'registry', left), { recursive: true });
  expect((await open()).live()).toHaveLength(1);
  expect(readdirSync(join(dir, 'registry', 'drafts'))).toEqual([]);
  expect(readdirSync(join(dir, 'registry', 'artifacts'))).toHaveLength(1);
});

it('refuses other content under a version that exists', async () => {
  await registry.publish(writeBuild(dir, { version: '1.0.0', source: 'export const n = 1;' }));
  const other = writeBuild(join(dir, 'other'), { version: '1.0.0', source: 'export const n = 2;' });
  await expect(registry.publish(other)).rejects.toMatchObject({ code: 'version-taken' });
});

it('leaves out an MFE whose files were lost, and serves the others', async () => {
  await registry.publish(writeBuild(dir, { version: '1.0.0' }));
  await registry.publish(writeBuild(dir, { name: 'other', version: '1.0.0' }));
  const artifact = registry.deployments()['tiny']?.versions['1.0.0']?.artifact ?? '';
  rmSync(join(dir, 'registry', 'artifacts', artifact), { recursive: true });
  expect((await open()).live().map(({ name }) => name)).toEqual(['other']);
});

it('tells the live modules as a discovery document', async () => {
  const { manifest } = await registry.publish(writeBuild(dir, { version: '1.0.0' }));
  expect(registry.frontends('https://souk.example')).toEqual({
    schema: 'https://github.com/awslabs/frontend-discovery/blob/main/schema/v1-pre.json',
    microFrontends: {
      '@souk/mfe-tiny/pages': [
        {
          url: 'https://souk.example/assets/tiny/1.0.0/pages.js',
          metadata: { integrity: manifest.files[0]?.integrity, version: '1.0.0' },
          deployment: { traffic: 100, default: true },
          extras: { owner: 'team-tiny', importance: 'regular', elements: ['tiny-page'] },
        },
      ],
    },
  });
});

it.each([
  ['a name that is a path', { name: '../tiny' }, '/name'],
  ['a version that is a path', { version: '1.0.0-../../x' }, '/version'],
  ['a key that nobody knows', { evil: true }, 'additional'],
  ['an API that is another’s', { api: '/api/cart' }, 'api: "/api/cart" must be "/api/tiny"'],
  ['an element without its prefix', { elements: { 'cart-page': 'pages' } }, '<cart-page> must start with "tiny-"'],
  ['an element without an entry', { elements: { 'tiny-page': 'nope' } }, 'the entry "nope", which does not exist'],
  ['a route to an unknown element', { routes: [{ path: '/x', element: 'tiny-no', title: 'x' }] }, 'shows <tiny-no>'],
  ['a route that is no path', { routes: [{ path: 'x y', element: 'tiny-page', title: 'x' }] }, 'not a path pattern'],
  ['an entry without a file', { entries: { pages: { file: 'x.js', imports: [] } } }, 'needs "x.js", not in files'],
])('refuses %s', async (_what, change, message) => {
  const folder = writeBuild(dir, { version: '1.0.0' });
  changeManifest(folder, (manifest) => ({ ...manifest, ...change }));
  const refusal = registry.publish(folder);
  await expect(refusal).rejects.toMatchObject({ code: 'invalid-manifest' });
  await expect(refusal).rejects.toThrow(message);
  expect(registry.live()).toEqual([]);
  expect(await published()).toEqual([]);
});

it.each(['../../secret.js', '/etc/passwd', 'a/../../b.js', 'C:\\x.js', 'a//b.js', './a.js', '..'])(
  'refuses the file path %j',
  async (path) => {
    const folder = writeBuild(dir, { version: '1.0.0' });
    changeManifest(folder, (manifest) => ({ ...manifest, files: manifest.files.map((file) => ({ ...file, path })) }));
    await expect(registry.publish(folder)).rejects.toThrow('is not a plain relative path');
  },
);

it.each([
  ['bytes other than promised', 'client/pages.js', 'export const n = 9;', 'its integrity is'],
  ['another size', 'client/pages.js', '', '0 bytes long'],
  ['a brotli copy of something else', 'client/pages.js.br', 'junk', 'does not unpack'],
  ['a manifest that is no JSON', 'mfe.json', '{', 'cannot be read as JSON'],
])('refuses %s', async (_what, path, content, message) => {
  const folder = writeBuild(dir, { version: '1.0.0', source: 'export const n = 1;' });
  writeFileSync(join(folder, path), content);
  await expect(registry.publish(folder)).rejects.toThrow(message);
});

it.each([
  ['..', '1.0.0', 'pages.js'],
  ['tiny', '..', 'tiny/1.0.0/client/pages.js'],
  ['tiny', '1.0.0', '../mfe.json'],
  ['.drafts', '1.0.0', 'pages.js'],
  ['tiny', '1.0.0', 'pages.js.br'],
])('finds no file for %s / %s / %s', async (mfe, version, path) => {
  await registry.publish(writeBuild(dir, { version: '1.0.0' }));
  expect(await registry.file(mfe, version, path)).toBeUndefined();
});
