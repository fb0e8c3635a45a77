export { leaderOf } from './leader-of.ts';
export { startProxy } from './proxy.ts';
export type { Proxy } from './proxy.ts';
