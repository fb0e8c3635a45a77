import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface OtlpSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

const script = join(import.meta.dirname, 'testing/run-shop.ts');
const [traceId, parent] = ['a1'.repeat(16), 'b2'.repeat(8)];
const delivery = { name: 'A', email: 'a@b.de', street: 'S 1', city: 'Leipzig', postcode: '04109', country: 'DE' };

/** A collector, as far as we need one. */
async function openCollector() {
  const spans: OtlpSpan[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString());
      for (const { scopeSpans } of resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { spans, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Buys one piece, as a browser in this trace would. @returns id of the order, once it is confirmed */
async function buy(url: string): Promise<string> {
  const first = await fetch(`${url}/tiny`, { headers: { accept: 'text/html' } });
  const cookie = first.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const ask = async <Answer>(path: string, json?: object): Promise<Answer> => {
    const own = { cookie, origin: url, 'content-type': 'application/json', 'idempotency-key': path };
    const headers = { ...own, traceparent: `00-${traceId}-${parent}-01` };
    const sent = json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) };
    return (await (await fetch(url + path, { headers, ...sent })).json()) as Answer;
  };
  type Product = { readonly variants: readonly { readonly sku: string; readonly available: number }[] };
  const { variants } = await ask<Product>('/api/catalog/products/beldi-glass');
  await ask('/api/cart/lines', { sku: variants.find(({ available }) => available > 0)!.sku, quantity: 1 });
  const card = { cardNumber: '4242424242424242', expiryMonth: 12, expiryYear: 2090, cvc: '123' };
  const { token: paymentToken } = await ask<{ token: string }>('/api/cart/payment-tokens', card);
  const { totalCents: expectedTotalCents } = await ask<{ totalCents: number }>('/api/cart');
  const order = { delivery, paymentToken, expectedTotalCents };
  const { orderId } = await ask<{ orderId: string }>('/api/cart/checkout', order);
  const status = async () => (await ask<{ status: string }>(`/api/cart/orders/${orderId}`)).status;
  await expect.poll(status, { timeout: 30_000, interval: 50 }).toBe('confirmed');
  return orderId;
}

test('a shop with a collector sends a span of each step of a checkout, beneath that of the saga, in the trace of its request', async () => {
  const collector = await openCollector();
  const dataDir = mkdtempSync(join(tmpdir(), 'souk-traces-'));
  const port = await freePort();
  const env = { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir };
  const child = spawn(process.execPath, [script], {
    env: { ...env, STAFF_PASSWORD: 'open-sesame', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  try {
    for await (const chunk of child.stdout!) if (String(chunk).includes('ready ')) break;
    await buy(`http://127.0.0.1:${port}`);
    // What waits in the exporter is sent before the end.
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    const saga = collector.spans.find(({ name }) => name === 'checkout');
    expect(saga).toMatchObject({ traceId });
    const steps = collector.spans.filter(({ parentSpanId }) => parentSpanId === saga?.spanId);
    expect(steps.map(({ name }) => name)).toEqual([
      ...['authorize-payment', 'reserve-stock', 'capture-payment', 'confirm-order'],
    ]);
    expect(new Set(steps.map((step) => step.traceId))).toEqual(new Set([traceId]));
  } finally {
    child.kill('SIGKILL');
    collector.server.closeAllConnections();
    collector.server.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 60_000);
