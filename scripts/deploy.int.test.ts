import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { configure, startShop } from '../local/src/index.ts';
import { allCommands } from '../shell/cli/src/commands/index.ts';
import { natsForTests } from './nats.ts';

const commands = await allCommands();
const root = join(import.meta.dirname, '..');
const folder = join(root, 'deploy');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const run = promisify(execFile);
const has = (program: string) =>
  (process.env.PATH ?? '').split(delimiter).some((dir) => existsSync(join(dir, program)));
const nats = await natsForTests();

const alerts = read('prometheus/alerts.yml');
const runbooks = globSync('runbooks/*.md', { cwd: folder });
const units = globSync('systemd/*.service', { cwd: folder });

it('every metric of the alerts and of the dashboard is one that the shop tells', { timeout: 60_000 }, async () => {
  const told = await metricsOfShop();
  const asked = `${alerts} ${read('grafana/shop-dashboard.json')}`.match(/souk_[a-z0-9_]+/g) ?? [];
  const names = new Set(asked.map((name) => name.replace(/_(bucket|sum|count)$/, '')));
  expect(names.size).toBeGreaterThan(10);
  expect([...names].filter((name) => !told.has(name))).toEqual([]);
});

it('every alert names a page that says what to do', () => {
  const named = [...alerts.matchAll(/runbook_url: '(.+)'/g)].map(([, file]) => file!);
  expect(named).toHaveLength(alerts.match(/- alert:/g)?.length ?? 0);
  expect(named.filter((file) => !runbooks.includes(file))).toEqual([]);
});

it.each(runbooks)('the commands of %s are commands of the command line', (file) => {
  const known = commands.map(({ name }) => name);
  const used = [...read(file).matchAll(/souk -- ([a-z][a-z -]+)/g)].map(([, words]) => words!.trim());
  expect(used.filter((words) => !known.some((name) => `${words} `.startsWith(`${name} `)))).toEqual([]);
});

it.skipIf(!nats)('a nats-server takes nats.conf', async () => {
  const routes = '[nats://souk:secret@127.0.0.1:6222]';
  const env = { NATS_NAME: 'nats-1', NATS_STORE: tmpdir(), NATS_USER: 'souk', NATS_PASSWORD: 'secret' };
  const tested = run(nats!, ['-t', '-c', join(folder, 'nats/nats.conf')], { env: { ...env, NATS_ROUTES: routes } });
  expect((await tested).stderr).toContain('is valid');
});

describe.each(units)('%s', (file) => {
  const unit = read(file);

  it('starts what is there', () => {
    const started = [...unit.matchAll(/\s((?:local|scripts|shell)\/\S+\.ts)/g)].map(([, path]) => path!);
    expect(started.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it.skipIf(!has('systemd-analyze'))('is understood by systemd, and shut in', async () => {
    const args = ['security', '--offline=true', '--no-pager', join(folder, file)];
    const { stdout } = await run('systemd-analyze', args);
    expect(Number(/level for \S+: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(2);
    const verified = await run('systemd-analyze', ['verify', '--man=no', join(folder, file)]).catch(
      (error: { stderr: string }) => error,
    );
    // The programs are where the units say on the host that runs them, not here.
    expect(
      verified.stderr.split('\n').filter((line) => line.includes(file.slice(8)) && !/is not executable/.test(line)),
    ).toEqual([]);
  });
});

it.skipIf(!has('caddy'))('Caddy takes its file', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'souk-caddy-'));
  const env = { PATH: process.env.PATH, HOME: dir, SOUK_SITE: 'localhost' };
  const file = join(folder, 'caddy/Caddyfile');
  expect((await run('caddy', ['validate', '--adapter', 'caddyfile', '--config', file], { env })).stdout).toContain(
    'Valid',
  );
  rmSync(dir, { recursive: true });
});

it.skipIf(!has('promtool'))('Prometheus takes the alerts', async () => {
  const { stdout } = await run('promtool', ['check', 'config', join(folder, 'prometheus/prometheus.yml')]);
  expect(stdout).toContain('SUCCESS');
});

/** Names of all metrics of a shop with all its backends. */
async function metricsOfShop(): Promise<Set<string>> {
  const dir = mkdtempSync(join(tmpdir(), 'souk-deploy-'));
  const { options } = await configure({ DATA_DIR: dir, CHANNEL: 'memory', LOG_LEVEL: 'silent' });
  const shop = await startShop({ ...options, port: 0 });
  try {
    const paths = ['/metrics', ...['catalog', 'cart', 'chat', 'bell'].map((name) => `/api/${name}/metrics`)];
    const texts = await Promise.all(paths.map(async (path) => (await fetch(shop.url + path)).text()));
    return new Set([...texts.join('\n').matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!));
  } finally {
    await shop.close();
    rmSync(dir, { recursive: true });
  }
}
