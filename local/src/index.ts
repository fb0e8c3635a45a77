export type { BackendPlan } from './backends.ts';
export type { Configured } from './configure.ts';
export type { Shop, ShopOptions } from './shop.ts';

export { configure } from './configure.ts';
export { openChannel } from './open-channel.ts';
export { keepSecrets } from './secrets.ts';
export { backendsDir, shellBackends } from './shell-backends.ts';
export { startShop } from './shop.ts';
export { StartFailed } from './start-failed.ts';
