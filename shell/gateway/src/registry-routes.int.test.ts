import { existsSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changeManifest, tarOf, writeBuild } from '@souk/shell-registry/testing';
import type { BuildToWrite } from '@souk/shell-registry/testing';
import { cookieOf, gatewayFixture, testPassword } from './testing/index.ts';
import type { GatewayFixture } from './testing/index.ts';

let shop: GatewayFixture;
let staff: string;
let token: string;
let builds = 0;
beforeEach(async () => {
  vi.useRealTimers();
  shop = await gatewayFixture([]);
  const body = new URLSearchParams({ name: 'Ada', password: testPassword });
  staff = cookieOf(await shop.fetch('/sign-in', { method: 'POST', body }));
  token = (await makeToken({ team: 'team-tiny', mfes: ['tiny'] })).token;
});
afterEach(() => shop.close());

const json = async <Body>(response: Response): Promise<Body> => (await response.json()) as Body;
const asStaff = (path: string, method = 'GET', body?: object) =>
  shop.fetch(path, {
    method,
    headers: { cookie: staff, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
const makeToken = async (wanted: object) =>
  json<{ id: string; token: string }>(await asStaff('/registry/tokens', 'POST', wanted));
const build = (wanted: BuildToWrite) => writeBuild(join(shop.dir, `build-${builds++}`), wanted);
const put = async (path: string, body: Uint8Array<ArrayBuffer> | Buffer, bearer: string | undefined = token) =>
  shop.fetch(`/registry/mfe/${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/gzip', ...(bearer && { authorization: `Bearer ${bearer}` }) },
    body: body as unknown as ReadableStream,
  });
const deploy = async (wanted: BuildToWrite, query = '') =>
  put(`${wanted.name ?? 'tiny'}/${wanted.version}${query}`, await tarOf(build(wanted)));
const act = (name: string, what: string, body: object = {}, bearer = token) =>
  shop.fetch(`/registry/mfe/${name}/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify(body),
  });
const problem = async (response: Response) => ({
  status: response.status,
  ...(await json<{ code: string; detail: string }>(response)),
});
const history = async () =>
  (await json<{ entries: { what: string; data: Record<string, unknown> }[] }>(await asStaff('/registry/history')))
    .entries;
const drafts = () => {
  const folder = join(shop.dir, 'registry/drafts');
  return existsSync(folder) ? readdirSync(folder) : [];
};

describe('a deployment', () => {
  it('is live at once for everybody, and what was live before is one step back', async () => {
    expect((await deploy({ version: '1.0.0' })).status).toBe(201);
    expect((await deploy({ version: '2.0.0', source: 'export const n = 2;' })).status).toBe(201);
    expect(shop.registry.live().map(({ version }) => version)).toEqual(['2.0.0']);
    expect((await shop.fetch('/assets/tiny/2.0.0/pages.js')).status).toBe(200);

    expect(await json(await act('tiny', 'rollback', { reason: 'slow' }))).toMatchObject({ stable: '1.0.0' });
    const told = (await history()).map(({ what, data }) => [what, data['by']]);
    expect(told).toEqual(
      ['rolled-back', 'promoted', 'published', 'promoted', 'published'].map((what) => [what, 'team-tiny']),
    );
  });

  it('goes to a share of the sessions, is promoted, and blocked', async () => {
    await deploy({ version: '1.0.0' });
    const canary = await json(await deploy({ version: '2.0.0', source: 'export const n = 2;' }, '?canary=10'));
    expect(canary).toMatchObject({ deployment: { stable: '1.0.0', canary: { version: '2.0.0', percent: 10 } } });
    expect(await json(await shop.fetch('/registry/frontends'))).toMatchObject({
      microFrontends: {
        '@souk/mfe-tiny/pages': [
          { metadata: { version: '1.0.0' }, deployment: { traffic: 90, default: true } },
          { metadata: { version: '2.0.0' }, deployment: { traffic: 10, default: false } },
        ],
      },
    });
    expect(await json(await act('tiny', 'canary', { percent: 50 }))).toMatchObject({ canary: { percent: 50 } });
    expect(await json(await act('tiny', 'promote'))).toMatchObject({ stable: '2.0.0', previous: ['1.0.0'] });
    const blocked = await json(await act('tiny', 'block', { version: '2.0.0', reason: 'leaks' }));
    expect(blocked).toMatchObject({ stable: '1.0.0', blocked: ['2.0.0'] });
  });

  it('is stored and no more with ?canary=0', async () => {
    expect(await json(await deploy({ version: '1.0.0' }, '?canary=0'))).toMatchObject({ isNew: true });
    expect(shop.registry.live()).toEqual([]);
    expect(await shop.registry.file('tiny', '1.0.0', 'pages.js')).toBeDefined();
  });

  it('of the same content again is fine and changes nothing; of other content it is refused', async () => {
    await deploy({ version: '1.0.0' });
    expect((await deploy({ version: '1.0.0' })).status).toBe(200);
    const other = await problem(await deploy({ version: '1.0.0', source: 'export const n = 9;' }));
    expect(other).toMatchObject({ status: 409, code: 'version-taken' });
    expect((await history()).map(({ what }) => what)).toEqual(['refused', 'promoted', 'published']);
  });

  it('by 50 at once is kept for all of them', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `tiny${index}`);
    const all = (await makeToken({ team: 'all', mfes: names })).token;
    const uploads = await Promise.all(
      names.map(async (name) => [name, await tarOf(build({ name, version: '1.0.0' }))] as const),
    );
    const answers = await Promise.all(uploads.map(([name, body]) => put(`${name}/1.0.0`, body, all)));
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
    expect(shop.registry.live()).toHaveLength(50);
  });

  it('of one by 20 at once, each another version, is kept for all of them, and one is stable', async () => {
    const versions = Array.from({ length: 20 }, (_, index) => `1.0.${index}`);
    const answers = await Promise.all(
      versions.map((version) => deploy({ version, source: `export const v = '${version}';` })),
    );
    expect(answers.map(({ status }) => status)).toEqual(versions.map(() => 201));
    expect(Object.keys(shop.registry.deployments()['tiny']?.versions ?? {}).toSorted()).toEqual(versions.toSorted());
  });
});

describe('what does not get in', () => {
  it.each([
    ['is no archive', async () => Buffer.from('hello'), 'unreadable-upload', 400],
    [
      'is half an archive',
      async () => (await tarOf(build({ version: '1.0.0' }))).subarray(0, 200),
      'unreadable-upload',
      400,
    ],
    [
      'ends in the middle of a file',
      async () => gzipSync((await plainTar()).subarray(0, 700)),
      'unreadable-upload',
      400,
    ],
    ['climbs out', async () => tarOf(build({ version: '1.0.0' }), [file('../../evil.js')]), 'path-escapes', 400],
    [
      'has a path from the root',
      async () => tarOf(build({ version: '1.0.0' }), [file('/etc/evil')]),
      'path-escapes',
      400,
    ],
    ['has a link in it', async () => tarOf(build({ version: '1.0.0' }), [link]), 'not-a-file', 400],
    ['has a file twice', async () => tarOf(build({ version: '1.0.0' }), [file('mfe.json')]), 'file-twice', 400],
    ['is another version', () => tarOf(build({ version: '2.0.0' })), 'other-build', 400],
    ['is another micro frontend', () => tarOf(build({ name: 'other', version: '1.0.0' })), 'other-build', 400],
    [
      'has an HTML page for a module',
      () => tarOf(build({ version: '1.0.0', source: '<!doctype html><p>404' })),
      'wrong-content',
      400,
    ],
    ['has no manifest', async () => tarOf(join(build({ version: '1.0.0' }), 'client')), 'invalid-manifest', 400],
    ['has other bytes than promised', async () => tarOf(tampered()), 'wrong-content', 400],
    [
      'is larger unpacked than is allowed',
      async () => tarOf(build({ version: '1.0.0' }), [file('big.txt', 70 * 1024 * 1024)]),
      'upload-too-large',
      413,
    ],
  ])('an upload that %s', async (_what, make, code, status) => {
    const answer = await problem(await put('tiny/1.0.0', await make()));
    expect(answer).toMatchObject({ code, status });
    expect(answer.detail).not.toContain(shop.dir);
    expect(shop.registry.deployments()).toEqual({});
    expect(drafts()).toEqual([]);
    expect((await history())[0]).toMatchObject({ what: 'refused', data: { by: 'team-tiny', code } });
  });

  const file = (name: string, size = 2) => ({
    header: { name, size, type: 'file' as const },
    body: new Uint8Array(size),
  });
  const link = { header: { name: 'client/x.js', size: 0, type: 'symlink' as const, linkname: '/etc/passwd' } };
  const plainTar = async () => (await import('node:zlib')).gunzipSync(await tarOf(build({ version: '1.0.0' })));
  const tampered = () => {
    const folder = build({ version: '1.0.0' });
    changeManifest(folder, (manifest) => ({
      ...manifest,
      files: manifest.files.map((entry) => ({ ...entry, integrity: `sha384-${'A'.repeat(64)}` })),
    }));
    return folder;
  };

  it('an upload that breaks off leaves nothing', async () => {
    const body = await tarOf(build({ version: '1.0.0' }));
    const url = new URL(`${shop.url}/registry/mfe/tiny/1.0.0`);
    const headers = {
      'content-type': 'application/gzip',
      authorization: `Bearer ${token}`,
      'content-length': body.length,
    };
    const req = request(url, { method: 'PUT', headers });
    req.on('error', () => undefined);
    req.write(body.subarray(0, 300), () => req.destroy());
    await vi.waitFor(
      async () => expect((await history())[0]).toMatchObject({ data: { code: 'unreadable-upload' } }),
      5000,
    );
    expect(drafts()).toEqual([]);
    expect(shop.registry.deployments()).toEqual({});
  });
});

describe('who may deploy', () => {
  const refusals = async () =>
    (await history()).filter(({ what }) => what === 'refused').map(({ data }) => data['code']);

  it.each([
    ['nobody', () => '', 401, 'no-token'],
    ['somebody with a made-up token', () => `souk_${'a'.repeat(12)}_${'b'.repeat(43)}`, 401, 'unknown-token'],
    ['somebody who guesses the secret', () => `${token.slice(0, -5)}AAAAA`, 401, 'unknown-token'],
  ])('not %s', async (_who, bearer, status, code) => {
    const body = await tarOf(build({ version: '1.0.0' }));
    expect(await problem(await put('tiny/1.0.0', body, bearer()))).toMatchObject({ status, code });
    expect(await refusals()).toEqual([code]);
  });

  it('not a team at the micro frontend of another', async () => {
    const other = (await makeToken({ team: 'team-b', mfes: ['other'] })).token;
    const body = await tarOf(build({ version: '1.0.0' }));
    expect(await problem(await put('tiny/1.0.0', body, other))).toMatchObject({ status: 403, code: 'not-your-mfe' });
    await deploy({ version: '1.0.0' });
    for (const what of ['promote', 'rollback', 'block', 'canary']) {
      expect((await act('tiny', what, { version: '1.0.0', percent: 1 }, other)).status).toBe(403);
    }
    expect(await refusals()).toEqual(Array.from({ length: 5 }, () => 'not-your-mfe'));
  });

  it('not with a token that was revoked', async () => {
    const { id, token: revoked } = await makeToken({ team: 'team-tiny', mfes: ['tiny'] });
    expect((await asStaff(`/registry/tokens/${id}`, 'DELETE')).status).toBe(204);
    const body = await tarOf(build({ version: '1.0.0' }));
    expect(await problem(await put('tiny/1.0.0', body, revoked))).toMatchObject({ status: 401, code: 'token-revoked' });
    expect((await asStaff('/registry/tokens/nobody', 'DELETE')).status).toBe(404);
  });

  it('not with a token that is over', async () => {
    await shop.close();
    let now = new Date();
    shop = await gatewayFixture([], { clock: () => now });
    const body = new URLSearchParams({ name: 'Ada', password: testPassword });
    staff = cookieOf(await shop.fetch('/sign-in', { method: 'POST', body }));
    const made = await makeToken({ team: 'team-tiny', mfes: ['tiny'], days: 1 });
    const upload = await tarOf(build({ version: '1.0.0' }));
    now = new Date(now.getTime() + 25 * 3_600_000);
    expect(await problem(await put('tiny/1.0.0', upload, made.token))).toMatchObject({
      status: 401,
      code: 'token-expired',
    });
  });

  it('staff, without a token', async () => {
    const body = await tarOf(build({ version: '1.0.0' }));
    const headers = { 'content-type': 'application/gzip', cookie: staff };
    const answer = await shop.fetch('/registry/mfe/tiny/1.0.0', { method: 'PUT', headers, body: body as never });
    expect(answer.status).toBe(201);
    expect((await history())[0]?.data['by']).toMatch(/^staff /);
  });

  it('and only staff make, list and revoke tokens; nobody sees one again, and the log holds none', async () => {
    expect(await json(await asStaff('/registry/tokens'))).toMatchObject({
      tokens: [{ team: 'team-tiny', mfes: ['tiny'] }],
    });
    expect(await (await asStaff('/registry/tokens')).text()).not.toContain(token.slice(-43));
    for await (const { event } of shop.channel.read('shell.>'))
      expect(JSON.stringify(event)).not.toContain(token.slice(-43));
    expect((await shop.fetch('/registry/tokens')).status).toBe(403);
    expect((await shop.fetch('/registry/tokens', { method: 'POST' })).status).toBe(403);
    expect((await shop.fetch('/registry/history')).status).toBe(401);
    for (const wanted of [
      {},
      { team: 'A B', mfes: ['x'] },
      { team: 'a', mfes: [] },
      { team: 'a', mfes: ['x'], days: 0 },
    ]) {
      expect((await asStaff('/registry/tokens', 'POST', wanted)).status).toBe(400);
    }
  });
});

describe('the contract gate', () => {
  const detail = {
    type: 'object',
    required: ['n'],
    properties: { n: { type: 'integer' } },
    additionalProperties: false,
  };
  const listener = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } };
  const emitting = { emits: { 'tiny:changed': detail } };

  beforeEach(async () => {
    const all = (await makeToken({ team: 'all', mfes: ['other'] })).token;
    await deploy({ version: '1.0.0', contract: emitting });
    const body = await tarOf(
      build({ name: 'other', version: '1.0.0', contract: { listens: { 'tiny:changed': listener } } }),
    );
    await put('other/1.0.0', body, all);
  });

  it('refuses a version that would break what is live, says why, and keeps that', async () => {
    const answer = await json<{ code: string; problems: object[] }>(
      await deploy({ version: '2.0.0', source: 'export const n = 2;' }),
    );
    expect(answer.code).toBe('contract-broken');
    expect(answer.problems).toEqual([
      expect.objectContaining({
        code: 'event-removed',
        subject: 'tiny:changed',
        other: { name: 'other', version: '1.0.0' },
      }),
    ]);
    expect(shop.registry.live().map(({ version }) => version)).toEqual(['1.0.0', '1.0.0']);
    expect((await history())[0]?.data).toMatchObject({
      code: 'contract-broken',
      problems: ['tiny:changed: tiny 2.0.0 sends it no more, nobody else does, and other 1.0.0 listens.'],
    });
  });

  it('tells the same before anything is sent', async () => {
    const folder = build({ version: '2.0.0' });
    let manifest = {};
    changeManifest(folder, (found) => (manifest = found));
    expect(await json(await act('tiny', 'check', manifest))).toMatchObject({
      ok: false,
      problems: [{ code: 'event-removed' }],
    });
    expect(
      await json(
        await act('tiny', 'check', {
          ...manifest,
          contract: { ...{ pushes: {}, listens: {}, requests: {}, handles: {} }, ...emitting },
        }),
      ),
    ).toEqual({ ok: true, problems: [] });
    expect((await act('tiny', 'check', { nothing: true })).status).toBe(400);
  });

  it('looks again at what is promoted or rolled back to later, and lets an emergency through', async () => {
    const more = {
      emits: {
        'tiny:changed': {
          ...detail,
          required: ['n', 'm'],
          properties: { n: { type: 'integer' }, m: { type: 'integer' } },
        },
      },
    };
    await deploy({ version: '2.0.0', contract: more });
    const all = (await makeToken({ team: 'all', mfes: ['other'] })).token;
    const needsMore = { listens: { 'tiny:changed': { ...listener, required: ['n', 'm'] } } };
    expect(
      (await put('other/2.0.0', await tarOf(build({ name: 'other', version: '2.0.0', contract: needsMore })), all))
        .status,
    ).toBe(201);

    expect(await problem(await act('tiny', 'promote', { version: '1.0.0' }))).toMatchObject({
      status: 409,
      code: 'contract-broken',
    });
    expect(await problem(await act('tiny', 'rollback'))).toMatchObject({ status: 409, code: 'contract-broken' });
    expect(await json(await act('tiny', 'rollback', { force: true }))).toMatchObject({ stable: '1.0.0' });
  });
});

describe('what everybody may read', () => {
  it.each(['/registry/frontends', '/registry/contract', '/registry/mfe', '/registry/mfe/tiny'])(
    '%s, with an ETag',
    async (path) => {
      await deploy({ version: '1.0.0' });
      const first = await shop.fetch(path);
      const etag = first.headers.get('etag') ?? '';
      expect([first.status, etag]).toEqual([200, expect.stringMatching(/^W\/"/)]);
      expect((await shop.fetch(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
      await deploy({ version: '2.0.0', source: 'export const n = 2;' });
      expect((await shop.fetch(path, { headers: { 'if-none-match': etag } })).status).toBe(200);
    },
  );

  it('and 404 for what there is not', async () => {
    expect((await shop.fetch('/registry/mfe/nobody')).status).toBe(404);
    expect((await act('tiny', 'promote', { version: '9.9.9' })).status).toBe(404);
    await deploy({ version: '1.0.0' });
    expect(await problem(await act('tiny', 'promote', { version: '9.9.9' }))).toMatchObject({
      status: 409,
      code: 'no-such-version',
    });
    for (const body of [{ percent: 'all' }, { percent: 101 }, {}])
      expect((await act('tiny', 'canary', body)).status).toBe(400);
  });
});
