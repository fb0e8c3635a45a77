import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startShop } from '../../e2e/support/shop.ts';
import { load } from '../load.ts';
import type { Row } from '../row.ts';

/** What the composed Tractor Store answered on two cores, per second at ten connections: four processes, no compression. */
const tractorStore = 880;
const rounds = 5;
const roundMs = 2000;
const connections = 10;
const script = join(import.meta.dirname, 'shop.ts');
/** Where `shop.ts` serves the static file. */
const staticPath = '/assets/weight/1.0.0/pages-abc.js';

/** Home page with its fragment beside a static file of the same bytes: same process, same client, rounds in turns. */
export async function measureThroughput(): Promise<readonly Row[]> {
  const file = join(tmpdir(), `souk-bench-home-${process.pid}.html`);
  const first = await startShop();
  writeFileSync(file, await (await fetch(first.url)).text());
  await first.close();
  const shop = await startShop({ STATIC_FILE: file }, script);
  try {
    const answer = await fetch(shop.url);
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    return [
      ...(await compare(Number(new URL(shop.url).port), cookie, 'br')),
      ...(await compare(Number(new URL(shop.url).port), cookie, 'identity')),
    ];
  } finally {
    await shop.close();
    rmSync(file, { force: true });
  }
}

async function compare(port: number, cookie: string, encoding: string): Promise<readonly Row[]> {
  const request = (path: string) =>
    `GET ${path} HTTP/1.1\r\nhost: localhost:${port}\r\naccept: text/html\r\naccept-encoding: ${encoding}\r\ncookie: ${cookie}\r\n\r\n`;
  const perSecond = { home: [] as number[], file: [] as number[] };
  for (let round = -1; round < rounds; round++) {
    const home = await load(port, request('/'), connections, roundMs);
    const file = await load(port, request(staticPath), connections, roundMs);
    // The first one is for the compilers.
    if (round < 0) continue;
    perSecond.home.push(home.perSecond);
    perSecond.file.push(file.perSecond);
  }
  const [home, file] = [middle(perSecond.home), middle(perSecond.file)];
  const packed = encoding === 'br' ? 'brotli' : 'not packed';
  return [
    {
      figure: `gateway, home with its fragment, ${packed}, requests/s at ${connections} connections`,
      ...{ measured: home.toFixed(0), baseline: `static file of the same bytes ${file.toFixed(0)}` },
      ...{ ratio: `${(home / file).toFixed(2)} ×`, reach: '≥ 0.5 ×', reached: home >= file / 2 },
    },
    ...(encoding === 'br'
      ? []
      : [
          {
            figure: 'the same beside the composed Tractor Store (preact, four processes), not packed either',
            ...{ measured: home.toFixed(0), baseline: `${tractorStore}, of an earlier run on 2 cores` },
            ...{ ratio: `${(home / tractorStore).toFixed(2)} ×`, reach: '≥ 3 ×', reached: home >= 3 * tractorStore },
          },
        ]),
  ];
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
