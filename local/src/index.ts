export type { BackendPlan } from './backends.ts';
export type { Shop, ShopOptions } from './shop.ts';

export { startShop } from './shop.ts';
export { StartFailed } from './start-failed.ts';
