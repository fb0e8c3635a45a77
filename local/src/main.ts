import { ConfigError, onShutdown } from '@souk/service-kit';
import { configure } from './configure.ts';
import { startShop } from './shop.ts';
import type { ShopOptions } from './shop.ts';

/**
 * Starts the shop as the environment says, and stops it at Ctrl-C, at SIGTERM, or when the parent process is gone.
 * @param parts what the shop is made of, when that is not what this repository has
 * @throws {ConfigError} {@link StartFailed} with a message for a person
 */
export const main = async (
  env: Readonly<Record<string, string | undefined>> = process.env,
  parts: Partial<Pick<ShopOptions, 'mfeDirs' | 'pageDir' | 'backends' | 'reachBackends'>> = {},
): Promise<void> => {
  const { options, beside } = await configure(env);
  // Whoever started this is gone already. Until the shop is up nothing has been promised, so ending is enough.
  if (process.connected === false) return;
  let stop = (): unknown => process.exit(1);
  process.once('disconnect', () => stop());

  const shop = await startShop({ ...options, ...parts });
  onShutdown([...beside, shop], { log: options.log, deadlineMs: 9_000 });
  stop = () => process.emit('SIGTERM', 'SIGTERM');
  if (shop.newStaffPassword !== undefined) {
    console.log(`staff password for ${shop.url}/sign-in (shown only this once): ${shop.newStaffPassword}`);
  }
  console.log(`ready ${shop.url}`);
};

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof ConfigError ? error.lines.join('\n') : (error as Error).message);
    process.exit(1);
  }
}
