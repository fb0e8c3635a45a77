import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createApp, toBackend } from '@souk/service-kit';
import type { Backend, BackendOptions } from '@souk/service-kit';
import type { StreamName } from '@souk/event-channel';
import { openLogCopy, type LogCopy } from './copy/log-copy.ts';
import { LogNotReadable, PastNeeded } from './errors.ts';
import { createLiveQueries } from './http/live-queries.ts';
import { logGrowth } from './http/log-growth.ts';
import { queryRoutes } from './http/query-routes.ts';
import { tailRoutes } from './http/tail-routes.ts';
import { pastOf } from './past-of.ts';
import { createQueryRunner, type QueryRunner } from './runner/query-runner.ts';
import { defaultLimits, type QueryLimits, type ReadModel } from './runner/query.ts';

/** What the query language stands on. */
export interface QueryBackendOptions extends BackendOptions {
  /** File of the channel's log; `undefined` when the channel keeps none: then a copy is kept in `dataDir`. */
  readonly logFile: string | undefined;
  /** @default none */
  readonly readModels?: readonly ReadModel[];
  /** Streams whose growth makes live queries run again, and that a copy is made of. */
  readonly streams: readonly StreamName[];
  readonly limits?: Partial<QueryLimits>;
}

/** The backend `events`: queries over the log, for the staff. */
export async function createQueryBackend(options: QueryBackendOptions): Promise<Backend> {
  const { channel, log, sessionSecret, clock, streams, readModels = [] } = options;
  const copy = options.logFile === undefined ? openCopy(options) : undefined;
  const logFile = options.logFile ?? copyFileIn(options);
  const app = createApp({
    ...{ name: 'events', version: '0.1.0', log, sessionSecret, channel },
    ...(clock && { clock }),
    checks: {
      log: async () => {
        if (!existsSync(logFile)) throw new Error('the file of the log is not there');
        await soon(copy);
      },
    },
  });
  const limits = { ...defaultLimits, ...options.limits };
  const processes = createQueryRunner({ logFile, readModels, limits });
  const runner: Pick<QueryRunner, 'run'> = {
    async run(query, signal) {
      await soon(copy);
      try {
        return await processes.run(query, signal);
      } catch (error) {
        if (!(error instanceof PastNeeded)) throw error;
        return processes.run({ ...query, ...(await pastOf(error.past, options)) }, signal);
      }
    },
  };
  const live = createLiveQueries(runner, copy ?? logGrowth(channel, streams, log));
  queryRoutes(app, runner, live);
  tailRoutes(app, runner, live);
  const backend = await toBackend(app, { name: 'events', opened: [processes, ...(copy ? [copy] : [])] });
  return {
    ...backend,
    close() {
      // Event streams never end by themselves, and would be waited for.
      live.close();
      return backend.close();
    },
  };
}

/** So long a query waits for a copy that is catching up. */
const patienceMs = 1_000;

const copyFileIn = ({ dataDir }: QueryBackendOptions): string => join(dataDir, 'events-copy.db');

function openCopy(options: QueryBackendOptions): LogCopy {
  const { channel, streams, log } = options;
  return openLogCopy({ channel, streams, log, file: copyFileIn(options) });
}

/** @throws {LogNotReadable} half a log would give wrong answers */
async function soon(copy: LogCopy | undefined): Promise<void> {
  if (!copy) return;
  const late = Promise.withResolvers<never>();
  const error = new LogNotReadable('the copy of the log is still catching up with the channel');
  const timer = setTimeout(() => late.reject(error), patienceMs);
  await Promise.race([copy.caughtUp, late.promise]).finally(() => clearTimeout(timer));
}
