import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { natsForTests, startNats, type Nats } from '../../../../scripts/nats.ts';
import { readBuild } from '../build-folder.ts';
import { changeObject, flipped } from '../testing/change-object.ts';
import { changeManifest, writeBuild } from '../testing/write-build.ts';
import { artifactOf } from './artifacts.ts';
import type { Artifacts } from './artifacts.ts';
import { folderArtifacts } from './folder-artifacts.ts';
import { objectArtifacts } from './object-artifacts.ts';

/** A store that can be opened by one process after another, and be damaged. */
interface Harness {
  /** @param host one folder for each */
  open(host: string): Promise<Artifacts>;
  /** Changes one byte of what the store keeps under a name. */
  damage(artifact: string): Promise<void>;
}

const auth = { user: 'souk', pass: 'open-sesame' };
let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'souk-artifacts-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const build = async (version = '1.0.0', source = 'export const n = 1;') =>
  readBuild(writeBuild(dir, { version, source }));
/** What every adapter promises. */
function describeArtifacts(harness: Harness): void {
  const opened: Artifacts[] = [];
  const open = async (host = 'here') => {
    const artifacts = await harness.open(host);
    opened.push(artifacts);
    return artifacts;
  };
  afterEach(() => Promise.all(opened.splice(0).map((artifacts) => artifacts.close())));

  it('keeps a build under the hash of its manifest, and gives back each byte', async () => {
    const one = await build();
    const artifacts = await open();
    const artifact = await artifacts.add(one);
    expect(artifact).toBe(artifactOf(one.manifest));
    expect(artifacts.manifest(artifact)).toEqual(one.manifest);
    for (const { path, content } of one.files) {
      expect(readFileSync(join(artifacts.folder(artifact), path)).equals(content)).toBe(true);
    }
  });

  it('takes the same build again, also by several at once', async () => {
    const one = await build();
    const artifacts = await Promise.all([open(), open()]);
    const names = await Promise.all([...artifacts, ...artifacts].map((store) => store.add(one)));
    expect(new Set(names).size).toBe(1);
    expect(await artifacts[0]!.bring(names[0]!)).toBe(true);
  });

  it('has after a restart what it had before', async () => {
    const artifact = await (await open()).add(await build());
    const next = await open();
    expect(await next.bring(artifact)).toBe(true);
    expect(next.manifest(artifact)?.version).toBe('1.0.0');
  });

  it('says of a build that it never got that it has none', async () => {
    const artifacts = await open();
    expect(await artifacts.bring('0'.repeat(64))).toBe(false);
    expect(artifacts.manifest('0'.repeat(64))).toBeUndefined();
  });

  it('forgets builds that nobody knows, and no others', async () => {
    const artifacts = await open();
    const [kept, left] = [await artifacts.add(await build()), await artifacts.add(await build('2.0.0'))];
    await artifacts.prune((artifact) => artifact === kept, 3_600_000);
    expect(await (await open('there')).bring(left)).toBe(await artifacts.bring(left)); // too young
    await artifacts.prune((artifact) => artifact === kept, 0);
    const next = await open();
    expect([await next.bring(kept), await next.bring(left)]).toEqual([true, false]);
  });

  it('gives nobody a build whose manifest was changed where it is kept', async () => {
    const artifact = await (await open()).add(await build());
    await harness.damage(artifact);
    const next = await open('fresh');
    const brought = await next.bring(artifact).catch((error: { code?: string }) => error.code);
    expect([false, 'damaged-artifact']).toContain(brought);
    expect(next.manifest(artifact)).toBeUndefined();
  });
}

describe('artifacts in a folder', () => {
  describeArtifacts({
    // One folder is all there is, so another host shares it.
    open: () => Promise.resolve(folderArtifacts(join(dir, 'registry'))),
    damage(artifact) {
      const folder = join(dir, 'registry/artifacts', artifact);
      changeManifest(folder, (manifest) => ({ ...manifest, owner: 'somebody else' }));
      return Promise.resolve();
    },
  });
});

const server = await natsForTests();
describe.skipIf(!server)('artifacts in an object store of JetStream', () => {
  let nats: Nats;
  let logs: string;
  let count = 0;
  beforeAll(async () => {
    logs = mkdtempSync(join(tmpdir(), 'souk-artifacts-nats-'));
    nats = await startNats({ server: server!, dir: logs });
  }, 60_000);
  afterAll(async () => {
    await nats.stop();
    rmSync(logs, { recursive: true, force: true });
  });
  beforeEach(() => void count++);

  const bucket = () => `artifacts-${count}`;
  const open = (host: string) => objectArtifacts({ servers: nats.servers, dir: join(dir, host), bucket: bucket() });
  const damage = (artifact: string) => changeObject(nats.servers, bucket(), artifact);
  describeArtifacts({ open, damage });

  it('brings a build to a host that has nothing of it, asked by several at once', async () => {
    const one = await build();
    const [here, there] = [await open('here'), await open('there')];
    const artifact = await here.add(one);
    expect(await Promise.all([there.bring(artifact), there.bring(artifact)])).toEqual([true, true]);
    for (const { path, content } of one.files) {
      expect(readFileSync(join(there.folder(artifact), path)).equals(content)).toBe(true);
    }
    await Promise.all([here.close(), there.close()]);
  });

  it('puts a sound copy in the place of one that was damaged on this host', async () => {
    const store = await open('here');
    const artifact = await store.add(await build());
    const file = join(store.folder(artifact), 'client/pages.js');
    writeFileSync(file, flipped(readFileSync(file)));
    expect(await store.renew(artifact)).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('export const n = 1;');
    await store.close();
  });

  it('refuses what was changed in the store, tells it from a store that is away, and is mended by the same build', async () => {
    const [here, there] = [await open('here'), await open('there')];
    const one = await build();
    const artifact = await here.add(one);
    await damage(artifact);
    await expect(there.bring(artifact)).rejects.toMatchObject({ code: 'damaged-artifact' });
    await expect(here.renew(artifact)).rejects.toMatchObject({ code: 'damaged-artifact' });
    await here.add(one);
    expect(await there.bring(artifact)).toBe(true);
    await Promise.all([here.close(), there.close()]);
    await expect(there.bring('1'.repeat(64))).rejects.toMatchObject({ code: 'artifacts-unavailable' });
  });
});

it.skipIf(!server)(
  'keeps as many copies as the log of a cluster has, also where it began with one',
  async () => {
    const { user, pass } = auth;
    const nats = await startNats({ server: server!, dir, size: 3, auth: { user, password: pass } });
    const { servers } = nats;
    const opened: Artifacts[] = [];
    try {
      opened.push(await objectArtifacts({ servers, auth, dir: join(dir, 'before') }));
      const artifact = await opened[0]!.add(await build());
      opened.push(await objectArtifacts({ servers, auth, dir: join(dir, 'after'), replicas: 3 }));
      expect(await opened[1]!.bring(artifact)).toBe(true);
      const nc = await connect({ ...auth, servers: [...servers] });
      const { config } = await (await jetstreamManager(nc)).streams.info('OBJ_souk-artifacts');
      expect(config.num_replicas).toBe(3);
      await nc.close();
    } finally {
      for (const one of opened) await one.close();
      await nats.stop();
    }
  },
  60_000,
);

it('is not opened where no server is', async () => {
  const opening = objectArtifacts({ servers: ['nats://127.0.0.1:9'], dir });
  await expect(opening).rejects.toMatchObject({ code: 'artifacts-unavailable' });
});
