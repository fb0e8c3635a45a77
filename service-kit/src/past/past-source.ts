import type { EventChannel, Position, StreamName } from '@souk/event-channel';
import type { Apply } from '../apply-event.ts';
import type { ProjectionSource } from '../projection-source.ts';
import { buildAside } from '../rebuild/build-aside.ts';
import type { Database } from '../sqlite.ts';

/** What a read model can say of its past. */
export interface PastSource {
  /** The file that serves. */
  readonly file: string;
  /** What is in a copy; everything else in the file has no past. */
  readonly tables: readonly string[];
  readonly streams: readonly StreamName[];
  /**
   * Builds the read model into a file, from the events up to `ends`. The one that serves is left alone.
   * @throws the reason of `signal`; SQLite's error 13 beyond `maxBytes`
   */
  build(options: PastOptions): Promise<void>;
}

export interface PastOptions {
  readonly file: string;
  readonly ends: ReadonlyMap<StreamName, Position>;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

interface PastSourceOptions {
  readonly channel: EventChannel;
  readonly db: Database;
  readonly sources: readonly ProjectionSource[];
  readonly tables?: readonly string[];
  readonly apply: Apply;
  /** Aborts when the projection closes. */
  readonly closing: AbortSignal;
}

/** `undefined`: its tables are not named, or it keeps no file. */
export function pastSource(options: PastSourceOptions): PastSource | undefined {
  const { db, sources, tables, closing } = options;
  if (tables === undefined || db.file === ':memory:') return undefined;
  return {
    file: db.file,
    tables,
    streams: sources.map(({ stream }) => stream),
    async build({ file, ends, maxBytes, signal }) {
      const stop = AbortSignal.any([closing, signal]);
      stop.throwIfAborted();
      const aside = buildAside({ ...options, file, maxBytes, signal: stop });
      try {
        await aside.readTo(ends, () => undefined);
      } finally {
        aside.close();
      }
    },
  };
}
