import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { gatewayFixture, testPassword } from '@souk/shell-gateway/testing';
import type { GatewayFixture } from '@souk/shell-gateway/testing';
import { writeBuild } from '@souk/shell-registry/testing';
import { souk } from '../testing/run-souk.ts';

const detail = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } }, additionalProperties: false };
const dir = mkdtempSync(join(tmpdir(), 'souk-deploy-'));
const first = writeBuild(dir, { version: '1.0.0', contract: { emits: { 'tiny:changed': detail } } });
const second = writeBuild(dir, {
  version: '2.0.0',
  source: 'export const n = 2;',
  contract: { emits: { 'tiny:changed': detail } },
});
const breaking = writeBuild(dir, { version: '3.0.0', source: 'export const n = 3;' });
const listener = writeBuild(dir, {
  name: 'other',
  version: '1.0.0',
  contract: { listens: { 'tiny:changed': { type: 'object' } } },
});
const why =
  '✗ tiny:changed: tiny 3.0.0 sends it no more, nobody else does, and other 1.0.0 listens.\n' +
  '  → Go on sending tiny:changed, or have other deployed first with a version that does not listen to it.\n';

// Each command is a process of its own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let shop: GatewayFixture;
let token: string;
const run = (args: readonly string[], env: Record<string, string> = { SOUK_TOKEN: token }) =>
  souk([...args, '--url', shop.url], env);
const asStaff = (...args: string[]) => run(args, { STAFF_PASSWORD: testPassword });

beforeAll(async () => {
  shop = await gatewayFixture([]);
  const made = await asStaff('tokens', 'create', 'team-tiny', 'tiny', '--days', '7');
  expect(made.stderr).toMatch(/^token \S{12} of team-tiny for tiny, good until 2\d{3}-/);
  token = made.stdout.trim();
});
afterAll(() => shop.close());

it('a team deploys with its token: for all, then a canary, which is told with what comes next', async () => {
  expect(await run(['deploy', first])).toEqual({
    ...{ code: 0, stderr: '' },
    stdout: 'tiny  1.0.0 is live\nIt holds from the next page view on. The way back: souk rollback tiny\n',
  });
  expect((await run(['deploy', second, '--canary', '10'])).stdout).toBe(
    'tiny  1.0.0 is live, 2.0.0 for 10 % of the sessions\nNext: souk promote tiny, or souk rollback tiny\n',
  );
  expect((await run(['deploy', second, '--canary', '10'])).stdout).toContain(
    'It was in the registry already. Next: souk promote tiny',
  );
  expect((await run(['promote', 'tiny'])).stdout).toBe('tiny  2.0.0 is live\n');
});

it('the id that a page carries says what was live together, to the team and to the staff', async () => {
  const id = (await shop.fetch('/tiny/1', { headers: { accept: 'text/html' } })).headers.get('souk-deployment') ?? '';
  const asked = await run(['status', '--as-of', id]);
  expect(asked).toMatchObject({ code: 0, stderr: '' });
  expect(asked.stdout).toMatch(
    new RegExp(`^live {6}\\S+Z \\(position \\d+\\) until now\\ndeployment ${id}\\nfrontend {2}tiny {5}2\\.0\\.0\\n$`),
  );
  const json = await asStaff('status', '--as-of', new Date().toISOString(), '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ sets: [{ id, versions: { tiny: '2.0.0' } }] });
  expect(await run(['status', '--as-of', '000000000000'])).toMatchObject({
    ...{ code: 1, stdout: '' },
    stderr: expect.stringContaining('no versions that were live together have this id') as string,
  });
  expect((await shop.fetch(`/registry/as-of?at=${id}`)).status).toBe(401);
});

it('what would break somebody is told before and at the deployment, in the same words', async () => {
  expect((await asStaff('deploy', listener)).code).toBe(0);
  expect(await run(['check', breaking])).toEqual({
    code: 1,
    stderr: '',
    stdout: `tiny 3.0.0 would be refused:\n${why}`,
  });
  expect(await run(['deploy', breaking])).toEqual({ code: 1, stdout: '', stderr: `tiny 3.0.0 is refused:\n${why}` });
  expect((await run(['check', second])).stdout).toBe(
    'tiny 2.0.0 fits everything that is live; deploy it with: souk deploy\n',
  );
});

it('a pull request checks against a saved contract, without any shop', async () => {
  const file = join(dir, 'contract.json');
  writeFileSync(file, await (await shop.fetch('/registry/contract')).text());
  const { code, stdout } = await souk(['check', breaking, '--against', file, '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    name: 'tiny',
    ok: false,
    problems: [{ code: 'event-removed', subject: 'tiny:changed' }],
  });
});

it('tokens are listed and revoked, and a revoked one says where to get another', async () => {
  const id = token.split('_')[1] ?? '';
  expect((await asStaff('tokens', 'list')).stdout).toMatch(new RegExp(`^${id}  team-tiny  tiny  good until `));
  expect((await asStaff('tokens', 'revoke', id)).stdout).toBe(`${id} is worth nothing any more\n`);
  const { code, stderr } = await run(['deploy', first]);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      'this deploy token was revoked; set SOUK_TOKEN to a token of your team; staff make one with: souk tokens create TEAM MFE\n',
  });
});

it.each([
  [['deploy', '/nowhere'], 1, 'there is no build in "/nowhere" (no dist/mfe.json); build it first'],
  [['check', '/nowhere'], 1, 'there is no build in "/nowhere"'],
  [['check', first, '--against', '/nowhere.json'], 1, 'cannot be read; save it with: curl'],
  [['check', first, '--against', join(first, 'mfe.json')], 1, 'is no contract of a shop'],
  [['deploy', first, '--canary', 'some'], 2, '--canary: "some" is no share; give a whole number from 0 to 100'],
  [['tokens', 'create', 'team', 'x', '--days', 'many'], 2, '--days takes a whole number from 1 to 366'],
])('%j is told in one line', async (args, code, line) => {
  const ended = await souk(args, { STAFF_PASSWORD: testPassword });
  expect({ code: ended.code, lines: ended.stderr.trim().split('\n').length }).toEqual({ code, lines: 1 });
  expect(ended.stderr).toContain(line);
});
