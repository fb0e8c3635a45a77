import { warnAboutHandlerError, type HandlerErrorListener } from '../log/handler-error.ts';
import { localChannel } from '../log/local-channel.ts';
import type { EventChannel } from '../port.ts';
import { memoryStore } from './memory-store.ts';

export interface MemoryChannelOptions {
  /** @default 120_000 milliseconds */
  readonly duplicateWindowMs?: number;
  /** @default 1_048_576 bytes */
  readonly maxCommitBytes?: number;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
  /** Hears what handlers throw. @default a process warning */
  readonly onHandlerError?: HandlerErrorListener;
}

/** A channel that lives and dies with this object: for tests. */
export function memoryChannel(options: MemoryChannelOptions = {}): EventChannel {
  const { duplicateWindowMs = 120_000, maxCommitBytes = 1_048_576, now = Date.now } = options;
  return localChannel({
    store: memoryStore(now, duplicateWindowMs),
    capabilities: { adapter: 'memory', durability: 'none', replicas: 1, duplicateWindowMs, maxCommitBytes },
    now,
    onHandlerError: options.onHandlerError ?? warnAboutHandlerError,
  });
}
