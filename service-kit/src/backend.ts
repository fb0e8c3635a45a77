import type { EventChannel } from '@souk/event-channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SoukApp } from './app.ts';
import type { Logger } from './logger.ts';
import type { Projection } from './projection.ts';
import type { Reactor } from './reactor.ts';
import { closeAll } from './shutdown.ts';
import type { Closable } from './shutdown.ts';

/** Answers requests; can be given to `http.createServer` or called by a gateway in the same process. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** A backend that runs, wherever it is mounted. */
export interface Backend {
  readonly name: string;
  /** Takes every path under `/api/<name>/`. */
  readonly handler: RequestHandler;
  /** Resolves when its read models hold everything that is in the log at the time of the call. */
  readonly ready: () => Promise<void>;
  /** Answers the requests at hand, then closes what it opened, in reverse order. Not the channel: that was given. */
  close(): Promise<void>;
}

/** What every backend is given. */
export interface BackendOptions {
  readonly channel: EventChannel;
  /** Folder for its own database files. */
  readonly dataDir: string;
  /** Folder for the files that all replicas of the backend share: keys of persons, files that people send. @default `dataDir` */
  readonly sharedDir?: string;
  readonly log: Logger;
  readonly sessionSecret: string;
  readonly clock?: () => Date;
  readonly newId?: (prefix: string) => string;
}

export interface BackendParts {
  readonly name: string;
  readonly projections?: readonly Projection[];
  /** Closed before the projections, as what they do may wait for one. */
  readonly reactors?: readonly Reactor[];
  /** Everything else that was opened, in the order of opening: databases, timers. */
  readonly opened?: readonly Closable[];
}

/** Makes an app with its parts into a {@link Backend}. Closes the app first, then reactors, projections, `opened` in reverse. */
export async function toBackend(app: SoukApp, parts: BackendParts): Promise<Backend> {
  const { name, projections = [], reactors = [], opened = [] } = parts;
  await app.ready();
  let closed: Promise<void> | undefined;
  return {
    name,
    handler: (request, response) => app.routing(request, response),
    async ready() {
      await Promise.all(projections.map((projection) => projection.ready()));
    },
    close: () => (closed ??= closeAll([...opened, ...projections, ...reactors, { close: async () => app.close() }])),
  };
}
