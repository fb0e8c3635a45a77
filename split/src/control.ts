import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer, request as send } from 'node:http';
import { dirname, join } from 'node:path';
import type { Closable } from '@souk/service-kit';
import type { Supervisor } from './supervisor.ts';

/** One process, as it is told. */
export interface ProcessRow {
  readonly name: string;
  readonly slot: number;
  readonly pid: number;
  readonly address: string;
  readonly version: string;
}

/** No shop runs on this data folder as several processes. */
export class NotRunning extends Error {
  readonly code = 'not-running';
  constructor(dataDir: string, options?: ErrorOptions) {
    super(`no shop runs as several processes on ${dataDir}; begin with "npm run start:split"`, options);
    this.name = 'NotRunning';
  }
}

/** Of the socket; who may open it may also stop the processes. */
const socketIn = (dataDir: string): string => join(dataDir, 'split.sock');

/** Takes orders over a socket in the data folder: only from the user who runs the shop. */
export const openControl = async (dataDir: string, supervisor: Supervisor): Promise<Closable> => {
  const socket = socketIn(dataDir);
  mkdirSync(dirname(socket), { recursive: true });
  rmSync(socket, { force: true });
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://split');
    try {
      const backend = url.searchParams.get('replace');
      if (backend !== null) await supervisor.replace(backend, url.searchParams.get('from') ?? undefined);
      response.end(JSON.stringify({ processes: rowsOf(supervisor) }));
    } catch (error) {
      response.end(JSON.stringify({ error: (error as Error).message }));
    }
  });
  server.requestTimeout = 0;
  const before = process.umask(0o177);
  server.listen(socket);
  await once(server, 'listening');
  process.umask(before);
  return {
    async close() {
      server.close();
      server.closeAllConnections();
      rmSync(socket, { force: true });
    },
  };
};

/** The processes of a supervisor, as they are told. */
export const rowsOf = ({ processes }: Supervisor): readonly ProcessRow[] =>
  processes.map(({ spec: { name, slot }, pid, address, version }) => ({ name, slot, pid, address, version }));

/**
 * Gives an order to the shop on a data folder, and waits until it is done.
 * @param order `{}`: only tells what runs
 * @throws {NotRunning}
 * @throws {Error} what the shop says: nothing has changed then, or not all
 */
export const giveOrder = async (
  dataDir: string,
  order: { readonly replace?: string; readonly from?: string },
): Promise<readonly ProcessRow[]> => {
  const path = `/?${new URLSearchParams({ ...order })}`;
  const asking = send({ socketPath: socketIn(dataDir), path }).end();
  let text = '';
  try {
    const [answer] = (await once(asking, 'response')) as [AsyncIterable<Buffer>];
    for await (const part of answer) text += String(part);
  } catch (cause) {
    throw new NotRunning(dataDir, { cause });
  }
  const { processes, error } = JSON.parse(text) as { processes?: readonly ProcessRow[]; error?: string };
  if (error !== undefined) throw new Error(error);
  return processes ?? [];
};
