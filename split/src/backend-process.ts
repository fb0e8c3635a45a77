// One replica of one backend: `node backend-process.ts cart 2`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { backendsDir, configure, keepSecrets, openChannel, shellBackends } from '@souk/local';
import { closeAll, ConfigError, onShutdown, serveReplica } from '@souk/service-kit';
import type { Closable } from '@souk/service-kit';
import { release } from './release.ts';

const [name = '', slot = '1'] = process.argv.slice(2);

try {
  await run();
} catch (error) {
  console.error(error instanceof ConfigError ? error.lines.join('\n') : error);
  process.exit(1);
}

async function run(): Promise<void> {
  const { options, beside } = await configure(process.env);
  const { dataDir, giveUpPaymentAfterMs, openingHours } = options;
  const log = options.log.child({ backend: name, slot });
  // Read models are each replica's own; keys of persons, and what a payment provider was asked, are everybody's.
  const root = process.env.FILES_DIR ?? backendsDir(options);
  const folderOf = (backend: string, ofSlot: string) => join(root, `${backend}-${ofSlot}`);
  const sharedDir = join(root, 'shared');
  mkdirSync(folderOf(name, slot), { recursive: true });
  mkdirSync(sharedDir, { recursive: true });

  const fileOf = (backend: string) => join(folderOf(backend, '*'), `${backend}.db`);
  const plan = [...options.backends, ...shellBackends(options, fileOf)].find((one) => one.name === name);
  if (plan === undefined) throw new Error(`there is no backend "${name}"`);

  const opened: Closable[] = [...beside];
  try {
    const channel = await openChannel(options);
    opened.push(channel);
    const { sessionSecret, vapid } = keepSecrets(dataDir, options.staffPassword);
    const backend = await plan.create({
      ...{ channel, dataDir: folderOf(name, slot), sharedDir, log, sessionSecret, vapid },
      ...(giveUpPaymentAfterMs === undefined ? {} : { giveUpPaymentAfterMs }),
      ...(openingHours === undefined ? {} : { openingHours }),
    });
    await backend.ready();
    const replica = await serveReplica({ backend, channel, version: release() });
    opened.push(replica);
    onShutdown(opened, { log, deadlineMs: 12_000 });
    process.once('disconnect', () => process.emit('SIGTERM', 'SIGTERM'));
    process.send?.({ ready: replica.address, version: release() });
  } catch (error) {
    await closeAll(opened).catch(() => undefined);
    throw error;
  }
}
