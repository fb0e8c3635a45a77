import { createPublicKey, verify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newReceiver } from './receiver.ts';

/** One message as it came to the push service. */
export interface ArrivedMessage {
  readonly headers: IncomingHttpHeaders;
  /** As the browser reads it. */
  readonly payload: { readonly title: string; readonly body: string; readonly path: string; readonly tag: string };
}

/** How the service answers one message. */
export interface PushAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A push service and the browser behind it, on this machine. */
export interface TestPushService {
  /** What the browser sends to the shop when it subscribes. */
  readonly subscription: {
    readonly endpoint: string;
    readonly keys: { readonly p256dh: string; readonly auth: string };
  };
  readonly arrived: readonly ArrivedMessage[];
  /** The next answers, one after the other; then 201. */
  readonly answers: PushAnswer[];
  /** Resolves when so many messages have come. */
  untilArrived(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens one. A message that nobody can read, or that is not signed by the key it names, is answered 400. */
export async function openPushService(): Promise<TestPushService> {
  const receiver = newReceiver();
  const arrived: ArrivedMessage[] = [];
  const answers: PushAnswer[] = [];
  const waiters = new Set<() => void>();
  let origin = '';

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    try {
      checkSignature(request.headers.authorization ?? '', origin);
      const payload = JSON.parse(receiver.decrypt(Buffer.concat(chunks))) as ArrivedMessage['payload'];
      arrived.push({ headers: request.headers, payload });
    } catch (error) {
      response.writeHead(400).end(String(error));
      return;
    }
    const { status, headers = {} } = answers.shift() ?? { status: 201 };
    response.writeHead(status, headers).end();
    for (const look of waiters) look();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    subscription: { endpoint: `${origin}/send/abc`, keys: receiver.subscription },
    arrived,
    answers,
    untilArrived(count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = () => {
        if (arrived.length < count) return;
        waiters.delete(look);
        resolve();
      };
      waiters.add(look);
      look();
      return promise;
    },
    close: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  };
}

/** @see https://www.rfc-editor.org/rfc/rfc8292 */
function checkSignature(authorization: string, origin: string): void {
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const signed = Buffer.from(`${head}.${claims}`);
  const how = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', signed, how, Buffer.from(signature, 'base64url'))) throw new Error('not signed by that key');
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
  const inSeconds = Number(exp) - Date.now() / 1000;
  if (aud !== origin || inSeconds <= 0 || inSeconds > 86_400 || !/^(mailto|https):/.test(String(sub)))
    throw new Error(`claims that no service accepts: ${JSON.stringify({ aud, exp, sub })}`);
}
