// One gateway, whose backends run elsewhere: `node gateway-process.ts 3000`.
import { configure, startShop } from '@souk/local';
import { ConfigError, onShutdown } from '@souk/service-kit';
import { remoteBackends } from '@souk/shell-gateway';
import { backendNames } from './backend-names.ts';
import { release } from './release.ts';

const [port = '3000'] = process.argv.slice(2);

try {
  const { options, beside } = await configure(process.env);
  const { log } = options;
  const names = backendNames(options);
  // The first version of a new micro frontend was deployed: whoever started this process starts its backend as well.
  const onWanted = (backend: string) => process.send?.({ wanted: backend });
  const shop = await startShop({
    ...options,
    port: Number(port),
    reachBackends: (channel) => remoteBackends({ channel, names, log, onWanted }),
  });
  onShutdown([...beside, shop], { log, deadlineMs: 12_000 });
  process.once('disconnect', () => process.emit('SIGTERM', 'SIGTERM'));
  process.send?.({ ready: shop.url, version: release(), newStaffPassword: shop.newStaffPassword });
} catch (error) {
  console.error(error instanceof ConfigError ? error.lines.join('\n') : (error as Error).message);
  process.exit(1);
}
