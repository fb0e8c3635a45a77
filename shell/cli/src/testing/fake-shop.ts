import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A server that is alive, signs everybody in, and does with an import what a test wants. */
export interface FakeShop {
  readonly url: string;
  /** Paths that were asked for. */
  readonly paths: readonly string[];
  close(): Promise<void>;
}

/** Starts one on a free port. */
export async function fakeShop(onImport: (req: IncomingMessage, res: ServerResponse) => void): Promise<FakeShop> {
  const paths: string[] = [];
  const server = createServer((req, res) => {
    paths.push(req.url ?? '');
    if (req.url === '/api/catalog/imports') return onImport(req, res);
    if (req.url === '/sign-in') res.writeHead(303, { location: '/desk', 'set-cookie': 'souk_session=s1; HttpOnly' });
    return void res.end(JSON.stringify({ status: 'alive' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    paths,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
