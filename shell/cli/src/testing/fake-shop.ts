import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A server that is alive, signs everybody in, and for the rest does what a test wants. */
export interface FakeShop {
  readonly url: string;
  /** Paths that were asked for. */
  readonly paths: readonly string[];
  /** JSON that was sent, in the order of its arrival. */
  readonly bodies: readonly unknown[];
  close(): Promise<void>;
}

export interface FakeShopOptions {
  readonly onImport?: (req: IncomingMessage, res: ServerResponse) => void;
  /** JSON by path. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** Names of backends that have none of what they are asked for. */
  readonly without?: readonly string[];
}

/** Starts one on a free port. */
export async function fakeShop({ onImport, answers = {}, without = [] }: FakeShopOptions): Promise<FakeShop> {
  const paths: string[] = [];
  const bodies: unknown[] = [];
  const server = createServer(async (req, res) => {
    const { url = '' } = req;
    paths.push(url);
    if (url === '/api/catalog/imports' && onImport) return onImport(req, res);
    if (req.headers['content-type'] === 'application/json') bodies.push(JSON.parse(await text(req)));
    if (url === '/sign-in') res.writeHead(303, { location: '/desk', 'set-cookie': 'souk_session=s1; HttpOnly' });
    if (without.some((name) => url.startsWith(`/api/${name}/`)) && !(url in answers)) res.statusCode = 404;
    return void res.end(JSON.stringify(answers[url] ?? { status: 'alive' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    paths,
    bodies,
    async close() {
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
