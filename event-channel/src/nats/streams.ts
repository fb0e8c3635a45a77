import { DiscardPolicy, RetentionPolicy, StorageType, type StoredMsg, type StreamConfig } from '@nats-io/jetstream';
import { LogUnavailable, UnsuitableServer } from '../errors.ts';
import type { Position, StreamName, SubjectFilter } from '../port.ts';
import { lastPositionIn } from './commit-message.ts';
import { apiError, apiErrorCode, delay, requestTimeoutMs, type Connection } from './connection.ts';
import type { Names } from './names.ts';

export interface StreamSettings {
  readonly replicas: number;
  readonly duplicateWindowMs: number;
  readonly maxMessageBytes: number;
}

/** The streams of the server: made when they are first needed, checked when they are there. */
export interface Streams {
  /** Resolves when the stream is there, it is made if it is not; in the order of the calls, so appends keep theirs. */
  ready(stream: StreamName): Promise<void>;
  /** As `ready`, for a look that others wait for. */
  made(stream: StreamName): Promise<void>;
  /** Runs a look at the log before any append that is called later in this process. The stream need not be there. */
  before<T>(stream: StreamName, look: () => Promise<T>): Promise<T>;
  /** Position of the last event, 0 when there is none or no stream. */
  lastPosition(stream: StreamName): Promise<Position>;
  /** The first message from a sequence on that matches; asks the leader, so that nothing is missed. */
  next(stream: StreamName, filter: SubjectFilter, sequence: number): Promise<StoredMsg | null>;
  /** Makes or checks the stream that keeps progress and dead letters. */
  readyDurables(): Promise<void>;
}

type Config = Partial<StreamConfig> & { readonly name: string };

const nanosPerMs = 1_000_000;

export function createStreams({ nc, jsm, ask }: Connection, names: Names, settings: StreamSettings): Streams {
  /** What the next append of a stream waits for. */
  const gates = new Map<StreamName, Promise<void>>();
  const making = new Map<string, Promise<void>>();

  return {
    ready: (stream) => gate(stream).then(() => make(logConfig(stream))),
    made: (stream) => make(logConfig(stream)),
    before(stream, look) {
      const looking = gate(stream).then(look);
      const pass = () => undefined;
      gates.set(stream, looking.then(pass, pass));
      return looking;
    },
    lastPosition,
    async next(stream, filter, sequence) {
      // The types know this query for direct gets only; the leader answers it as well.
      const query = { seq: sequence, next_by_subj: names.logged(filter) } as { seq: number };
      try {
        return await ask(() => jsm.streams.getMessage(names.stream(stream), query));
      } catch (error) {
        if (apiErrorCode(error) === apiError.streamNotFound) return null;
        throw new LogUnavailable(`what is next in "${stream}" is not known`, { cause: error });
      }
    },
    readyDurables: () => make(durablesConfig()),
  };

  function gate(stream: StreamName): Promise<void> {
    return gates.get(stream) ?? Promise.resolve();
  }

  function make(config: Config): Promise<void> {
    let made = making.get(config.name);
    if (!made) {
      made = ensure(config);
      making.set(config.name, made);
      made.catch(() => making.delete(config.name));
    }
    return made;
  }

  async function lastPosition(stream: StreamName): Promise<Position> {
    try {
      const { state } = await ask(() => jsm.streams.info(names.stream(stream)));
      return lastPositionIn(state.last_seq);
    } catch (error) {
      if (apiErrorCode(error) === apiError.streamNotFound) return 0;
      throw new LogUnavailable(`the end of "${stream}" is not known`, { cause: error });
    }
  }

  /** Events are kept for ever, whole, and in their places: an expected revision is wrong as soon as one is deleted. */
  function logConfig(stream: StreamName): Config {
    return {
      ...common,
      name: names.stream(stream),
      subjects: [names.logged(`${stream}.>`)],
      deny_delete: true,
      deny_purge: true,
      duplicate_window: settings.duplicateWindowMs * nanosPerMs,
      max_msgs_per_subject: -1,
      discard: DiscardPolicy.New,
      num_replicas: settings.replicas,
      max_msg_size: settings.maxMessageBytes,
    };
  }

  function durablesConfig(): Config {
    return {
      ...common,
      name: names.durables,
      subjects: [names.durableSubjects],
      max_msgs_per_subject: 1,
      discard: DiscardPolicy.Old,
      num_replicas: settings.replicas,
    };
  }

  async function ensure(config: Config): Promise<void> {
    const deadline = Date.now() + 4 * requestTimeoutMs;
    for (;;) {
      try {
        return assertSame(config, await found(config));
      } catch (error) {
        if (error instanceof UnsuitableServer) throw error;
        // A cluster that elects its leader refuses for a moment.
        if (Date.now() > deadline || nc.isClosed())
          throw new LogUnavailable(`no stream "${config.name}"`, { cause: error });
        await delay(100);
      }
    }
  }

  async function found(config: Config): Promise<StreamConfig> {
    try {
      return (await ask(() => jsm.streams.info(config.name))).config;
    } catch (error) {
      if (apiErrorCode(error) !== apiError.streamNotFound) throw error;
    }
    try {
      return (await ask(() => jsm.streams.add({ ...config }))).config;
    } catch (error) {
      if (apiErrorCode(error) !== apiError.streamNameInUse) throw error;
      return (await ask(() => jsm.streams.info(config.name))).config;
    }
  }
}

const common = {
  retention: RetentionPolicy.Limits,
  storage: StorageType.File,
  max_msgs: -1,
  max_bytes: -1,
  max_age: 0,
  max_consumers: -1,
  no_ack: false,
} as const;

/** A stream that somebody made or changed by hand must not break what the channel promises. */
function assertSame(wanted: Config, found: StreamConfig): void {
  for (const [key, value] of Object.entries(wanted)) {
    const other = found[key as keyof StreamConfig];
    // The server leaves out what is false.
    if (JSON.stringify(other ?? false) === JSON.stringify(value)) continue;
    throw new UnsuitableServer(
      `the stream "${wanted.name}" has ${key} ${JSON.stringify(other)}, and this channel is for ${JSON.stringify(value)}`,
    );
  }
  if ((found as { persist_mode?: string }).persist_mode === 'async') {
    throw new UnsuitableServer(`the stream "${wanted.name}" has persist_mode async: it answers before it has written`);
  }
}
