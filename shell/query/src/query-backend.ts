import { existsSync } from 'node:fs';
import { createApp, toBackend } from '@souk/service-kit';
import type { Backend, BackendOptions } from '@souk/service-kit';
import type { StreamName } from '@souk/event-channel';
import { LogNotReadable } from './errors.ts';
import { createLiveQueries } from './http/live-queries.ts';
import { logGrowth } from './http/log-growth.ts';
import { queryRoutes } from './http/query-routes.ts';
import { tailRoutes } from './http/tail-routes.ts';
import { createQueryRunner, type QueryRunner } from './runner/query-runner.ts';
import { defaultLimits, type QueryLimits, type ReadModel } from './runner/query.ts';

/** What the query language stands on. */
export interface QueryBackendOptions extends Omit<BackendOptions, 'dataDir'> {
  /** File of the channel's log; `undefined` when the channel keeps none, then every query answers 503. */
  readonly logFile: string | undefined;
  /** @default none */
  readonly readModels?: readonly ReadModel[];
  /** Streams whose growth makes live queries run again. */
  readonly streams: readonly StreamName[];
  readonly limits?: Partial<QueryLimits>;
}

/** The backend `events`: queries over the log, for the staff. */
export async function createQueryBackend(options: QueryBackendOptions): Promise<Backend> {
  const { channel, log, sessionSecret, clock, logFile, streams, readModels = [] } = options;
  const app = createApp({
    ...{ name: 'events', version: '0.1.0', log, sessionSecret, channel },
    ...(clock && { clock }),
    checks: {
      log: async () => {
        if (logFile !== undefined && !existsSync(logFile)) throw new Error('the file of the log is not there');
      },
    },
  });
  const limits = { ...defaultLimits, ...options.limits };
  const runner = logFile === undefined ? noRunner : createQueryRunner({ logFile, readModels, limits });
  const live = createLiveQueries(runner, logGrowth(channel, streams, log));
  queryRoutes(app, runner, live);
  tailRoutes(app, runner, live);
  const backend = await toBackend(app, { name: 'events', opened: [runner] });
  return {
    ...backend,
    close() {
      // Event streams never end by themselves, and would be waited for.
      live.close();
      return backend.close();
    },
  };
}

const noRunner: QueryRunner = {
  pids: [],
  async run() {
    throw new LogNotReadable('this channel keeps no file that could be queried; start with CHANNEL=sqlite');
  },
  async close() {},
};
