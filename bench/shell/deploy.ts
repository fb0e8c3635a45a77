import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { cookieOf, gatewayFixture, testPassword } from '@souk/shell-gateway/testing';
import type { GatewayFixture } from '@souk/shell-gateway/testing';
import { tarOf } from '@souk/shell-registry/testing';
import type { Row } from '../row.ts';

const dist = join(import.meta.dirname, '../../mfe-cart/dist');
const deployments = 40;
const warmUp = 5;
/** A deploy call of import-map-deployer 7.0.0 on a folder, as it was measured for the mark: it writes a name into a map. */
const markMs = 2.9;

/** `mfe.json`, as far as a deployment changes it. */
interface Manifest {
  readonly version: string;
  readonly entries: Readonly<Record<string, { readonly file: string }>>;
  readonly files: readonly { readonly path: string; readonly size: number; readonly integrity: string }[];
}

/** What deploying the cart takes, on sqlite with every commit on disk, through the gateway. */
export async function deployRows(): Promise<readonly Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'souk-bench-deploy-'));
  const channel = sqliteChannel({ file: join(dir, 'events.db') });
  const shop = await gatewayFixture([], { channel });
  const took = { deploy: [] as number[], again: [] as number[], promote: [] as number[] };
  const time = async (list: number[], act: () => Promise<Response>) => {
    const begun = performance.now();
    const answer = await act();
    await answer.arrayBuffer();
    list.push(performance.now() - begun);
    if (!answer.ok) throw new Error(`the registry answers ${answer.status}`);
  };
  try {
    const headers = { authorization: `Bearer ${await tokenFor(shop)}` };
    for (let n = 0; n < deployments + warmUp; n++) {
      const version = `1.0.${n}`;
      const body = await pack(join(dir, 'build'), n, version);
      const put = () =>
        shop.fetch(`/registry/mfe/cart/${version}`, {
          ...{ method: 'PUT', body },
          headers: { ...headers, 'content-type': 'application/gzip' },
        });
      await time(took.deploy, put);
      await time(took.again, put);
      if (n === 0) continue;
      await time(took.promote, () =>
        shop.fetch('/registry/mfe/cart/promote', {
          ...{ method: 'POST', body: JSON.stringify({ version: `1.0.${n - 1}` }) },
          headers: { ...headers, 'content-type': 'application/json' },
        }),
      );
    }
  } finally {
    await shop.close();
    rmSync(dir, { recursive: true, force: true });
  }
  const [deploy, again, promote] = [took.deploy, took.again, took.promote].map((list) => median(list.slice(warmUp)));
  const told = (figure: string, ms: number): Row => ({
    ...{ figure: `${figure}, ms, p50 of ${deployments}` },
    ...{ measured: ms.toFixed(1), baseline: '', ratio: '', reach: '', reached: true },
  });
  return [
    {
      ...told('make a stored version live, on disk and by the gate', promote!),
      ...{ baseline: markMs.toFixed(1), ratio: `${(promote! / markMs).toFixed(2)} ×` },
      ...{ reach: '≤ 1 ×', reached: promote! <= markMs },
    },
    told('deploy the cart, one file of it new: upload, checks, store, live', deploy!),
    told('the same build sent again: upload and checks alone', again!),
  ];
}

async function tokenFor(shop: GatewayFixture): Promise<string> {
  const form = new URLSearchParams({ name: 'Karim', password: testPassword });
  const cookie = cookieOf(await shop.fetch('/sign-in', { method: 'POST', body: form }));
  const answer = await shop.fetch('/registry/tokens', {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ team: 'team-cart', mfes: ['cart'] }),
  });
  return ((await answer.json()) as { token: string }).token;
}

/** The build as it is uploaded, with another text in one of its modules. */
async function pack(folder: string, n: number, version: string): Promise<Uint8Array<ArrayBuffer>> {
  const manifest = JSON.parse(readFileSync(join(dist, 'mfe.json'), 'utf8')) as Manifest;
  const changed = join('client', Object.values(manifest.entries)[0]!.file);
  const content = Buffer.concat([readFileSync(join(dist, changed)), Buffer.from(`\n/* ${n} */`)]);
  const integrity = `sha384-${createHash('sha384').update(content).digest('base64')}`;
  const files = manifest.files.map((file) =>
    join('client', file.path) === changed ? { ...file, size: content.length, integrity } : file,
  );
  cpSync(dist, folder, { recursive: true, filter: (source) => !basename(source).startsWith('.') });
  writeFileSync(join(folder, changed), content);
  writeFileSync(join(folder, `${changed}.br`), brotliCompressSync(content));
  writeFileSync(join(folder, 'mfe.json'), JSON.stringify({ ...manifest, version, files }));
  return new Uint8Array(await tarOf(folder));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
