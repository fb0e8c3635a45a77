import { shellBackends } from '@souk/local';
import type { Configured } from '@souk/local';

/** Every backend of the shop: those of its micro frontends, the log's and the shell's. */
export const backendNames = (options: Configured['options']): readonly string[] =>
  [...options.backends, ...shellBackends(options)].map(({ name }) => name);
