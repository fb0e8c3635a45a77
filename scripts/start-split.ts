/**
 * `npm run start:split`: builds what has changed and serves the shop as several processes: each backend REPLICAS times, and
 * GATEWAYS gateways from PORT on. Without CHANNEL it starts a nats-server of its own, whose files are in DATA_DIR/nats.
 * `npm run start:split -- list` tells what runs; `npm run start:split -- replace BACKEND [--from FOLDER]` puts the code on disk,
 * or that of another checkout, in the place of what runs.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildChanged } from './build.ts';
import { findNats, startNats, type Nats } from './nats.ts';
import { giveOrder, startSplit, type ProcessRow } from '../split/src/index.ts';

const dataDir = resolve(process.env.DATA_DIR ?? '.data');
let nats: Nats | undefined;
try {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { from: { type: 'string' } } });
  const [order, backend = ''] = positionals;
  if (order === undefined) await start();
  else if (order === 'list') tell(await giveOrder(dataDir, {}));
  else if (order === 'replace') {
    const from = values.from === undefined ? {} : { from: resolve(values.from) };
    tell(await giveOrder(dataDir, { replace: backend, ...from }));
  } else throw new Error(`"${order}" is no order; there are list and replace`);
} catch (error) {
  const { lines } = error as { lines?: readonly string[] };
  console.error(lines?.join('\n') ?? (error instanceof Error ? error.message : error));
  await nats?.stop();
  process.exit(1);
}

async function start(): Promise<void> {
  await buildChanged();
  const channel = process.env.CHANNEL === undefined ? await ownServer() : {};
  const split = await startSplit({ env: { ...process.env, ...channel, DATA_DIR: dataDir } });
  let closing = false;
  const close = async () => {
    if (closing) process.exit(1);
    closing = true;
    const failed = await split.close().then(
      () => false,
      (error: unknown) => {
        console.error(error);
        return true;
      },
    );
    await nats?.stop();
    process.exit(failed ? 1 : 0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void close());
  process.once('disconnect', () => void close());
  tell(split.processes());
  const [url = ''] = split.urls;
  if (split.newStaffPassword !== undefined) {
    console.log(`staff password for ${url}/sign-in (shown only this once): ${split.newStaffPassword}`);
  }
  console.log(`ready ${split.urls.join(' ')}`);
}

/** A server with the settings that keep every answered append: a sync before each answer. */
async function ownServer(): Promise<Record<string, string>> {
  const dir = join(dataDir, 'nats');
  mkdirSync(dir, { recursive: true });
  nats = await startNats({ server: await findNats(), dir, syncAlways: true });
  // Its port is another one each time, but its log is the same: so are the files that belong to it.
  return { CHANNEL: nats.servers.join(','), FILES_DIR: join(dataDir, 'backends') };
}

function tell(processes: readonly ProcessRow[]): void {
  for (const { name, slot, pid, address, version } of processes) {
    console.log(`${`${name} ${slot}`.padEnd(12)} ${version.padEnd(10)} ${address.padEnd(26)} pid ${pid}`);
  }
}
