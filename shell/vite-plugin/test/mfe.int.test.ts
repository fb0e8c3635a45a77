import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { createBuilder } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BuiltManifest } from '../src/manifest.ts';
import { InvalidManifest, mfe } from '../src/mfe.ts';
import { events, manifest } from './fixture/manifest.ts';

const root = fileURLToPath(new URL('fixture', import.meta.url));
const dist = join(root, 'dist');

const build = async (plugins = mfe(manifest, { events })): Promise<Map<string, Buffer>> => {
  await rm(dist, { recursive: true, force: true });
  const builder = await createBuilder({ root, configFile: false, logLevel: 'error', plugins });
  await builder.buildApp();
  const files = (await readdir(dist, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name).slice(dist.length + 1)).toSorted();
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(join(dist, path))] as const)));
};

describe('the build of a micro frontend', () => {
  let first: Map<string, Buffer>;
  let built: BuiltManifest;
  const text = (path: string): string => first.get(path)!.toString();
  const client = (entry: string): string => text(`client/${built.entries[entry]!.file}`);

  beforeAll(async () => {
    first = await build();
    built = JSON.parse(text('mfe.json')) as BuiltManifest;
  });

  it('gives the same bytes when the same sources are built again', async () => {
    const second = await build();
    expect([...second.keys()]).toEqual([...first.keys()]);
    for (const [path, content] of first) expect(second.get(path)!.equals(content), path).toBe(true);
  });

  it('describes exactly the files that lie in dist/client, with their size and integrity', () => {
    const served = [...first.keys()].filter((path) => path.startsWith('client/') && !path.endsWith('.br'));
    expect(built.files.map(({ path }) => `client/${path}`)).toEqual(served);
    for (const { path, size, integrity, type } of built.files) {
      const content = first.get(`client/${path}`)!;
      expect(size).toBe(content.length);
      expect(integrity).toBe(`sha384-${createHash('sha384').update(content).digest('base64')}`);
      expect(type).toBe('text/javascript');
    }
  });

  it('puts a brotli copy with the same content beside each file', () => {
    for (const { path } of built.files) {
      expect(brotliDecompressSync(first.get(`client/${path}.br`)!).equals(first.get(`client/${path}`)!)).toBe(true);
    }
  });

  it('names each entry after its content, and lists what it imports statically but not what it loads later', () => {
    expect(built.entries['mini']!.file).toMatch(/^mini-[\w-]{8}\.js$/);
    expect(built.entries['mini']!.imports).toEqual([expect.stringMatching(/^greeting-[\w-]{8}\.js$/)]);
    expect(built.files.some(({ path }) => path.startsWith('later-'))).toBe(true);
    expect(built.entries['mini']!.words).toEqual({
      en: expect.stringMatching(/^en-[\w-]{8}\.js$/),
      de: expect.stringMatching(/^de-[\w-]{8}\.js$/),
    });
    expect(built.entries['pages']).not.toHaveProperty('words');
  });

  it('imports chunks by relative paths, so that they load under a retry address too', () => {
    for (const { path } of built.files) {
      for (const [, specifier] of text(`client/${path}`).matchAll(/(?:from|import\()\s*["'`]([^"'`]+)/g)) {
        expect(specifier).toMatch(/^\.\//);
      }
    }
    expect(client('mini')).toMatch(/import\(`\.\/later-/);
  });

  it('is minified, keeps the exports of entries, and resolves NODE_ENV', () => {
    expect(client('mini')).not.toMatch(/\n./);
    expect(client('mini')).toMatch(/export\{.*openLater.*\}/);
    const all = built.files.map(({ path }) => text(`client/${path}`)).join('');
    expect(all).not.toMatch(/NODE_ENV|\(development\)|modulepreload/);
  });

  it('gives a fragment that Node runs by itself', async () => {
    expect(built.fragment?.path).toBe('server/fragment.js');
    const { render } = (await import(`${join(dist, 'server/fragment.js')}?${built.version}`)) as {
      render: (request: { url: URL }) => Promise<unknown>;
    };
    expect(await render({ url: new URL('http://souk.example/tiny/one') })).toMatchObject({
      html: 'Hello one, welcome to the tiny fixture, loaded later',
    });
  });

  it('says with its schema what each event of its contract looks like', () => {
    const [wave, waved] = events;
    expect(built.contract).toEqual({
      // What is sent has no members but those that are named; what is heard may have more.
      ...{ emits: { 'tiny:waved': { ...waved.schema, additionalProperties: false } } },
      ...{ pushes: {}, listens: {}, requests: {} },
      handles: { 'tiny:wave': { entry: 'mini', payload: wave.schema, reply: wave.replySchema } },
    });
  });

  it('changes its version when only the schema of an event changes', async () => {
    const changed = events.map((entry) => ({ ...entry, schema: { type: 'object' } }));
    const description = JSON.parse(
      (await build(mfe(manifest, { events: changed }))).get('mfe.json')!.toString(),
    ) as BuiltManifest;
    expect(description.version).not.toBe(built.version);
    expect(description.files).toEqual(built.files);
  });

  it.each([
    ['uses an event that the manifest does not name', { emits: [] }, /the code uses "tiny:waved", which the manifest/],
    [
      'names an event that there is not',
      { listens: ['cart:gone'] },
      /listens: "cart:gone" is no event of the contract/,
    ],
    ['listens to a request', { listens: ['tiny:wave'] }, /listens: "tiny:wave" is a request; no requests stand here/],
    ['asks a fact', { requests: ['tiny:arrived'] }, /requests: "tiny:arrived" is a fact; only requests stand here/],
  ])('is refused when it %s', async (_what, change, message) => {
    const wrong = { ...manifest, contract: { ...manifest.contract, ...change } };
    await expect(build(mfe(wrong, { events }))).rejects.toThrow(message);
  });

  it('changes its version when only the manifest changes', async () => {
    const other = await build(mfe({ ...manifest, routes: [] }, { events }));
    const description = JSON.parse(other.get('mfe.json')!.toString()) as BuiltManifest;
    expect(description.version).toMatch(/^0\.1\.0-[0-9a-f]{8}$/);
    expect(description.version).not.toBe(built.version);
    expect(description.files).toEqual(built.files);
  });
});

describe('a manifest that contradicts itself', () => {
  it('is refused with every contradiction on a line of its own', () => {
    const wrong = {
      ...manifest,
      api: '/api/other',
      elements: { 'tiny-mini': 'nowhere', 'other-page': 'pages' },
      contract: { ...manifest.contract, emits: ['cart:changed'] },
    };
    expect(() => mfe(wrong)).toThrow(InvalidManifest);
    expect(() => mfe(wrong)).toThrow(/"\/api\/other"[^]*"nowhere"[^]*<other-page>[^]*<tiny-page>[^]*"cart:changed"/);
  });
});
