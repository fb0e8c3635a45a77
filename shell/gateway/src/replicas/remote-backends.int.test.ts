import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { memoryChannel } from '@souk/event-channel/memory';
import { createLogger, serveReplica, signSession } from '@souk/service-kit';
import type { Replica } from '@souk/service-kit';
import { remoteBackends } from './remote-backends.ts';

const closing: (() => unknown)[] = [];
const channel = memoryChannel();
const log = createLogger({ name: 'test', destination: { write: () => undefined } });
const notes = remoteBackends({ channel, names: ['notes'], log });
let front: string;

beforeEach(async () => {
  const server = createServer((request, response) => {
    const handler = notes.handlers.notes;
    if (handler) handler(request, response);
    else response.writeHead(418).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  front = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  closing.push(() => server.close().closeAllConnections());
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

const replica = async (handler: Handler, graceMs = 1): Promise<Replica> => {
  const backend = { name: 'notes', handler, ready: async () => undefined, close: async () => undefined };
  const one = await serveReplica({ backend: backend as never, channel, version: '1', graceMs });
  closing.push(() => one.close());
  return one;
};

/** A replica that is announced like any other, and takes connections as it likes. */
const brokenReplica = async (handler: RequestListener): Promise<void> => {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const announcement = { id: 'broken', address: `http://127.0.0.1:${port}`, version: '1', leaving: false };
  channel.publish('souk-replicas.notes', { data: announcement });
  closing.push(() => {
    channel.publish('souk-replicas.notes', { data: { ...announcement, leaving: true } });
    server.close().closeAllConnections();
  });
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
};

/** Askers differ, so that each replica is somebody's first. */
const ask = (init: RequestInit = {}, asker = 'anna') => {
  const session = signSession({ shopperId: asker, roles: ['shopper'] }, 'x'.repeat(32), Date.now() + 60_000);
  return fetch(`${front}/api/notes/1?a=b`, { ...init, headers: { 'souk-session': session, ...init.headers } });
};
const askers = Array.from({ length: 20 }, (_, n) => `asker-${n}`);

it('has no handler while no replica is there, and has one as soon as one says so', async () => {
  expect((await ask()).status).toBe(418);
  await replica((_, response) => response.end('here'));
  expect(await (await ask()).text()).toBe('here');
});

it('passes on what was asked and what is answered, and nothing that is of the connection', async () => {
  await replica(async (request, response) => {
    const { method, url, headers } = request;
    response.writeHead(201, { 'x-answer': 'yes', 'content-type': 'text/plain' });
    const seen = [method, url, headers['x-asked'], headers['souk-session'] !== undefined, headers.te];
    response.end(JSON.stringify([...seen, await bodyOf(request)]));
  });
  const answer = await ask({ method: 'POST', body: 'the body', headers: { 'x-asked': 'yes' } });
  expect([answer.status, answer.headers.get('x-answer')]).toEqual([201, 'yes']);
  expect(await answer.json()).toEqual(['POST', '/api/notes/1?a=b', 'yes', true, null, 'the body']);
});

it('passes on a body of unknown length, and an answer that begins before it ends', async () => {
  const more = Promise.withResolvers<void>();
  await replica(async (request, response) => {
    const { length } = await bodyOf(request);
    response.write(`${length} `);
    await more.promise;
    response.end('end');
  });
  const parts = [new Uint8Array(300_000), new Uint8Array(300_000)];
  const body = new ReadableStream({
    pull(controller) {
      const part = parts.pop();
      if (part) controller.enqueue(part);
      else controller.close();
    },
  });
  const answer = await ask({ method: 'POST', body, duplex: 'half' } as RequestInit);
  const reader = answer.body!.getReader();
  expect(Buffer.from((await reader.read()).value!).toString()).toBe('600000 ');
  more.resolve();
  expect(Buffer.from((await reader.read()).value!).toString()).toBe('end');
});

it('stays with one replica for one asker', async () => {
  await replica((_, response) => response.end('first'));
  await replica((_, response) => response.end('second'));
  const answers = new Set<string>();
  for (const asker of askers) {
    const once = await (await ask({}, asker)).text();
    expect(await (await ask({}, asker)).text()).toBe(once);
    answers.add(once);
  }
  expect(answers).toEqual(new Set(['first', 'second']));
});

it('lets no request fail while a replica is replaced', async () => {
  const slow: Handler = (_, response) => void setImmediate(() => response.end('ok'));
  // As long as in earnest: this process is gateway and replica at once.
  const old = await replica(slow, 500);
  let isReplaced = false;
  const seen = { answers: 0, failures: 0 };
  const working = askers.map(async (asker) => {
    while (!isReplaced) {
      const answer = await ask({ method: 'POST', body: 'x' }, asker).catch(() => undefined);
      if ((await answer?.text().catch(() => '')) === 'ok') seen.answers++;
      else seen.failures++;
    }
  });
  await replica(slow);
  await old.close();
  isReplaced = true;
  await Promise.all(working);
  expect(seen.failures).toBe(0);
  expect(seen.answers).toBeGreaterThan(askers.length);
});

it('asks another replica when one cannot be reached, whatever was asked', async () => {
  await replica((_, response) => response.end('ok'));
  channel.publish('souk-replicas.notes', {
    data: { id: 'gone', address: 'http://127.0.0.1:1', version: '1', leaving: false },
  });
  for (const asker of askers) {
    expect(await (await ask({ method: 'POST', body: 'x' }, asker)).text()).toBe('ok');
  }
});

it('asks another one when one dies while it answers, if asking twice does no harm', async () => {
  const bodies: string[] = [];
  await replica(async (request, response) => {
    bodies.push(await bodyOf(request));
    response.end('ok');
  });
  await brokenReplica((request) => request.socket.destroy());
  for (const asker of askers) {
    expect(await (await ask({ method: 'PUT', body: 'x' }, asker)).text()).toBe('ok');
    const kept = { method: 'POST', body: 'x', headers: { 'idempotency-key': 'k' } };
    expect(await (await ask(kept, asker)).text()).toBe('ok');
  }
  expect(new Set(bodies)).toEqual(new Set(['x']));
});

it('says 503 when one dies and nobody can know whether it did what it was asked', async () => {
  await brokenReplica((request) => request.socket.destroy());
  const answer = await ask({ method: 'POST', body: 'x' });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await answer.json()).toMatchObject({ code: 'backend-unavailable' });
});

it('breaks off where an answer breaks off, so that half of it never looks whole', async () => {
  await brokenReplica((request, response) => {
    response.writeHead(200, { 'content-length': '10' });
    response.write('half', () => request.socket.destroy());
  });
  const answer = await ask();
  await expect(answer.text()).rejects.toThrow();
});

it('lets a replica know that whoever asked has gone', async () => {
  const gone = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  await replica((request) => {
    asked.resolve();
    request.once('close', () => gone.resolve());
  });
  const stop = new AbortController();
  const answer = ask({ signal: stop.signal }).catch(() => undefined);
  await asked.promise;
  stop.abort();
  await gone.promise;
  await answer;
});

it('takes in a backend that is new to the shop, and asks for it until a replica is there', async () => {
  const wanted: string[] = [];
  const grown = remoteBackends({ channel, names: [], log, waitMs: 0, onWanted: (name) => wanted.push(name) });
  closing.push(() => grown.close());
  expect(Object.keys(grown.handlers)).toEqual([]);
  grown.add({ name: 'notes' });
  grown.add({ name: 'notes' });
  expect(Object.keys(grown.handlers)).toEqual(['notes']);
  expect(wanted).toEqual(['notes', 'notes']);
  await replica((_, response) => response.end('ok'));
  expect(grown.handlers.notes).toBeDefined();
  grown.add({ name: 'notes' });
  expect(wanted).toHaveLength(2);
});

it('finds replicas that were there before it', async () => {
  await replica((_, response) => response.end('ok'));
  const late = remoteBackends({ channel, names: ['notes', 'nobody'], log, waitMs: 0 });
  closing.push(() => late.close());
  await late.settled;
  expect(late.handlers.notes).toBeDefined();
  expect(late.handlers.nobody).toBeUndefined();
});
