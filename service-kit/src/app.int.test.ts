import { memoryChannel } from '@souk/event-channel/memory';
import { Writable } from 'node:stream';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Conflict } from './api-error.ts';
import { createApp } from './app.ts';
import type { SoukApp } from './app.ts';
import { toBackend } from './backend.ts';
import { cloudEvent } from './cloud-event.ts';
import { sendWithEtag } from './etag.ts';
import { createLogger } from './logger.ts';
import type { Problem } from './problem-details.ts';
import { requireStaff } from './session.ts';
import type { Session } from './session.ts';
import { TEST_SECRET, serve, sessionHeader, testLog } from './testing/index.ts';
import type { TestServer } from './testing/index.ts';
import type { Cause } from './trace.ts';
import { formBody } from './validation.ts';

/** The parts of an OpenAPI document that are looked at here. */
interface Document {
  readonly paths: Record<
    string,
    { readonly post: { readonly requestBody: Content; readonly responses: { readonly default: Content } } }
  >;
}
interface Content {
  readonly content: Record<string, { readonly schema: { readonly properties: Record<string, unknown> } }>;
}

const thing = Type.Object(
  { n: Type.Integer({ minimum: 1, maximum: 99 }), name: Type.Optional(Type.String({ maxLength: 10 })) },
  { additionalProperties: false },
);

function demoApp(log = testLog): SoukApp {
  const app = createApp({ name: 'demo', version: '1.2.3', log, sessionSecret: TEST_SECRET, channel: memoryChannel() });
  app.post('/api/demo/things', { schema: { body: thing } }, async (request) => request.body);
  app.post('/api/demo/forms', { schema: { body: formBody({ n: Type.Integer({ minimum: 1 }) }) } }, async (request) => ({
    n: request.body.n,
  }));
  const query = Type.Object({ page: Type.Integer({ minimum: 1, default: 1 }), q: Type.Optional(Type.String()) });
  app.get('/api/demo/things', { schema: { querystring: query } }, async (request) => request.query);
  const params = Type.Object({ id: Type.Integer() });
  app.get('/api/demo/things/:id', { schema: { params } }, async (request) => ({ id: request.params.id }));
  app.get('/api/demo/me', async (request) => ({ who: request.session, cause: request.cause }));
  app.get('/api/demo/desk', { preHandler: requireStaff }, async () => ({ desk: true }));
  app.get('/api/demo/open', { config: { public: true } }, async () => ({ open: true }));
  app.get('/api/demo/open-me', { config: { public: true } }, async (request) => ({ who: request.session.shopperId }));
  app.get('/api/demo/conflict', async () => {
    throw new Conflict('too-few', 'only two are left', { details: { available: 2 } });
  });
  app.get('/api/demo/crash', async () => {
    throw new Error('the password is hunter2');
  });
  app.get('/api/demo/tagged', async (request, reply) => sendWithEtag(request, reply, { a: 1 }));
  return app;
}

let server: TestServer;
let close: () => Promise<void>;
beforeAll(async () => {
  const backend = await toBackend(demoApp(), { name: 'demo' });
  server = await serve(backend);
  close = async () => {
    await server.close();
    await backend.close();
  };
});
afterAll(() => close());

const json = { 'content-type': 'application/json' };
const post = (body: string, headers: Record<string, string> = json) => ({ method: 'POST', body, headers });
const expired = sessionHeader(TEST_SECRET, { expiresAt: new Date(0) });
const forged = sessionHeader('another secret of 32 characters or more');

describe('bad input gets a problem document and never a 500', () => {
  test.each<[string, string, RequestInit & { as?: null; json?: unknown }, number, string, string?]>([
    ['a wrong type', '/things', { method: 'POST', json: { n: '2' } }, 400, 'invalid', '/body/n'],
    ['a missing member', '/things', { method: 'POST', json: {} }, 400, 'invalid', '/body/n'],
    ['zero', '/things', { method: 'POST', json: { n: 0 } }, 400, 'invalid', '/body/n'],
    ['minus one', '/things', { method: 'POST', json: { n: -1 } }, 400, 'invalid', '/body/n'],
    ['a billion', '/things', { method: 'POST', json: { n: 1e9 } }, 400, 'invalid', '/body/n'],
    ['a fraction', '/things', { method: 'POST', json: { n: 1.5 } }, 400, 'invalid', '/body/n'],
    ['a member too many', '/things', { method: 'POST', json: { n: 1, 'a/b': 1 } }, 400, 'invalid', '/body/a~1b'],
    [
      'a text too long',
      '/things',
      { method: 'POST', json: { n: 1, name: 'x'.repeat(11) } },
      400,
      'invalid',
      '/body/name',
    ],
    ['an array for an object', '/things', { method: 'POST', json: [] }, 400, 'invalid', '/body'],
    ['null', '/things', { method: 'POST', json: null }, 400, 'invalid', '/body'],
    ['no body', '/things', { method: 'POST' }, 400, 'invalid', '/body'],
    ['an empty body', '/things', post(''), 400, 'malformed-body'],
    ['malformed JSON', '/things', post('{"n":'), 400, 'malformed-body'],
    ['a poisoned prototype', '/things', post('{"__proto__":{"n":1}}'), 400, 'malformed-body'],
    ['a body too large', '/things', { method: 'POST', json: { n: 'x'.repeat(70_000) } }, 413, 'too-large'],
    ['plain text', '/things', post('n=1', { 'content-type': 'text/plain' }), 415, 'unsupported-media-type'],
    ['XML', '/things', post('<n>1</n>', { 'content-type': 'text/xml' }), 415, 'unsupported-media-type'],
    ['a bad form', '/forms', { method: 'POST', body: new URLSearchParams({ n: 'two' }) }, 400, 'invalid', '/body/n'],
    ['a bad query', '/things?page=x', {}, 400, 'invalid', '/query/page'],
    ['a repeated query', '/things?page=1&page=2', {}, 400, 'invalid', '/query/page'],
    ['a bad path', '/things/abc', {}, 400, 'invalid', '/params/id'],
    ['a malformed address', '/things/%zz', {}, 400, 'malformed-url'],
    ['an unknown route', '/nothing', {}, 404, 'not-found'],
    ['an unknown route without a session', '/nothing', { as: null }, 404, 'not-found'],
    ['an unknown method', '/things', { method: 'DELETE' }, 404, 'not-found'],
    ['an endless name', `/things/${'1'.repeat(2000)}`, {}, 404, 'not-found'],
    ['no session', '/me', { as: null }, 401, 'unauthenticated'],
    ['a form without a session', '/forms', { as: null, ...post('n=1') }, 401, 'unauthenticated'],
    ['a session over', '/me', { as: null, headers: expired }, 401, 'session-expired'],
    ['a forged session', '/me', { as: null, headers: forged }, 401, 'unauthenticated'],
    ['a nonsense session', '/me', { as: null, headers: { 'souk-session': 'x.y' } }, 401, 'unauthenticated'],
    ['a shopper at the desk', '/desk', {}, 403, 'staff-only'],
    ['nobody on an open route that asks who', '/open-me', { as: null }, 401, 'unauthenticated'],
  ])('%s', async (_what, path, init, status, code, pointer) => {
    const response = await server.fetch(`/api/demo${path}`, init);
    const problem = (await response.json()) as Problem;
    expect(problem).toMatchObject({ status, code, type: `https://souk.example/problems/${code}` });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch('application/problem+json');
    expect(problem.instance).toBe(response.headers.get('x-request-id') ?? problem.instance);
    if (pointer !== undefined) expect(problem.errors).toContainEqual({ pointer, detail: expect.any(String) });
  });

  test('each wrong place is named once', async () => {
    const response = await server.fetch('/api/demo/things', { method: 'POST', json: { name: 1, x: 1 } });
    const { errors } = (await response.json()) as Problem;
    expect(errors?.map(({ pointer }) => pointer).toSorted()).toEqual(['/body/n', '/body/name', '/body/x']);
  });
});

describe('good input', () => {
  test('arrives as it was sent', async () => {
    const response = await server.fetch('/api/demo/things', { method: 'POST', json: { n: 2 } });
    expect(await response.json()).toEqual({ n: 2 });
  });

  test('is converted where everything is text, and defaults are filled in', async () => {
    const form = await server.fetch('/api/demo/forms', {
      method: 'POST',
      body: new URLSearchParams({ n: '2', more: 'x' }),
    });
    expect(await form.json()).toEqual({ n: 2 });
    expect(await (await server.fetch('/api/demo/things?q=3')).json()).toEqual({ page: 1, q: '3' });
    expect(await (await server.fetch('/api/demo/things/7')).json()).toEqual({ id: 7 });
  });

  test('carries who asks, the request id and the trace', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const headers = { 'x-request-id': 'r_12345678', traceparent: `00-${trace}-b7ad6b7169203331-01` };
    const response = await server.fetch('/api/demo/me', { headers, as: { shopperId: 's_9', roles: ['staff'] } });
    const { who, cause } = (await response.json()) as { who: Session; cause: Cause };
    expect(who).toEqual({ shopperId: 's_9', roles: ['staff'] });
    expect(response.headers.get('x-request-id')).toBe('r_12345678');
    expect(cloudEvent({ type: 'demo.x.v1', source: '/demo', data: {}, cause })).toMatchObject({
      correlationid: 'r_12345678',
      causationid: 'r_12345678',
      traceparent: expect.stringMatching(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`)),
    });
  });

  test('needs no session on a public route', async () => {
    expect((await server.fetch('/api/demo/open', { as: null })).status).toBe(200);
  });
});

describe('errors of the backend', () => {
  test('reach the caller with their code and details', async () => {
    const response = await server.fetch('/api/demo/conflict');
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: 'too-few', detail: 'only two are left', available: 2 });
  });

  test('that nobody expected say nothing', async () => {
    const response = await server.fetch('/api/demo/crash');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('hunter2');
  });
});

describe('an entity tag', () => {
  test('saves the body when the caller has it already', async () => {
    const first = await server.fetch('/api/demo/tagged');
    const etag = first.headers.get('etag') ?? '';
    expect([first.status, etag]).toEqual([200, expect.stringMatching(/^W\/"/)]);
    const again = await server.fetch('/api/demo/tagged', { headers: { 'if-none-match': `"other", ${etag}` } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    expect((await server.fetch('/api/demo/tagged', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });
});

describe('what every backend tells of itself', () => {
  test('that it is alive and ready, without a session', async () => {
    expect(await (await server.fetch('/api/demo/healthz', { as: null })).json()).toEqual({ status: 'alive' });
    const ready = await (await server.fetch('/api/demo/readyz', { as: null })).json();
    expect(ready).toMatchObject({ status: 'ready', channel: { adapter: 'memory', durability: 'none' } });
  });

  test('503 from readyz when a check fails', async () => {
    const checks = { disk: () => Promise.reject(new Error('full')) };
    const app = createApp({ name: 'sick', version: '1', log: testLog, sessionSecret: TEST_SECRET, checks });
    const response = await app.inject('/api/sick/readyz');
    expect([response.statusCode, response.json().checks]).toEqual([
      503,
      { disk: { status: 'failed', detail: 'full' } },
    ]);
    await app.close();
  });

  test('its requests in numbers, by route and never by address', async () => {
    await server.fetch('/api/demo/things/31337');
    const text = await (await server.fetch('/api/demo/metrics', { as: null })).text();
    expect(text).toContain('route="/api/demo/things/:id",status="200"');
    expect(text).not.toContain('31337');
  });

  test('its API as OpenAPI 3.1, also the routes that were added right after createApp', async () => {
    const response = await server.fetch('/api/demo/openapi.json', { as: null });
    const document = (await response.json()) as Document;
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'demo API', version: '1.2.3' } });
    expect(Object.keys(document.paths)).toContain('/api/demo/things/{id}');
    expect(Object.keys(document.paths)).not.toContain('/api/demo/healthz');
    const { requestBody, responses } = document.paths['/api/demo/things']?.post ?? expect.fail('no such path');
    expect(requestBody.content['application/json']?.schema.properties.n).toEqual({
      type: 'integer',
      minimum: 1,
      maximum: 99,
    });
    expect(Object.keys(responses.default.content)).toEqual(['application/problem+json']);
  });
});

test('a log line of a request has route and status, and no query, body, cookie or session', async () => {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const app = demoApp(createLogger({ name: 'demo', destination }));
  const headers: Record<string, string> = { ...sessionHeader(), cookie: 'souk=c00kie' };
  await app.inject({ url: '/api/demo/things?q=s3cret', headers });
  await app.inject({ method: 'POST', url: '/api/demo/things', headers, payload: { n: 1, name: 's3cret' } });
  await app.close();
  const text = lines.join('');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ method: 'GET', route: '/api/demo/things', status: 200 });
  for (const secret of ['s3cret', 'c00kie', headers['souk-session'] ?? '?']) expect(text).not.toContain(secret);
});

test('closing answers the request at hand, refuses new ones with 503, and then closes what was opened', async () => {
  const order: string[] = [];
  const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const app = demoApp();
  app.get('/api/demo/slow', async () => {
    begun.resolve();
    await goOn.promise;
    order.push('answered');
    return { slow: true };
  });
  app.addHook('preClose', async () => void order.push('drained'));
  const backend = await toBackend(app, { name: 'demo', opened: [{ close: () => void order.push('closed') }] });
  const busy = await serve(backend);
  const slow = busy.fetch('/api/demo/slow');
  await begun.promise;
  const closing = backend.close();
  const refused = await busy.fetch('/api/demo/open');
  expect([refused.status, refused.headers.get('retry-after'), ((await refused.json()) as Problem).code]).toEqual([
    503,
    '1',
    'closing',
  ]);
  goOn.resolve();
  expect((await slow).status).toBe(200);
  await closing;
  expect(order).toEqual(['answered', 'drained', 'closed']);
  await busy.close();
});
