import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { chromiumArgs } from '../../scripts/chromium.ts';
import { startShop } from '../support/shop.ts';
import type { Shop } from '../support/shop.ts';
import { watch } from '../support/watch.ts';
import type { EventLog } from '../support/watch.ts';
import { openWorkspace } from '../support/workspace.ts';
import type { Workspace } from '../support/workspace.ts';
import type { Proof } from './proof.ts';

const all = ['vanilla', 'lit', 'react', 'preact', 'svelte', 'vue', 'solid'] as const;
const few = ['react', 'vanilla'] as const;

/** One promise that was looked at. */
interface Check {
  readonly what: string;
  readonly broken: string | undefined;
}

/**
 * A team makes a micro frontend in each framework, tests, builds and deploys it, one after the other, to a shop that
 * runs; in the end all stand on one page, and each sends an event that the page hears and hears events of others.
 */
export const proveFrameworks: Proof = async ({ short, progress }) => {
  const names: readonly string[] = short ? few : all;
  const checks: Check[] = [];
  const look = async (what: string, promise: () => Promise<unknown>): Promise<void> => {
    const broken = await promise().then(
      () => undefined,
      (error: unknown) => String(error instanceof Error ? error.message : error),
    );
    checks.push({ what, broken });
    progress(`${broken === undefined ? '✓' : '✗'} ${what}${broken === undefined ? '' : `: ${broken}`}`);
  };

  const workspace = openWorkspace();
  let shop: Shop | undefined;
  try {
    const before = stateOf(workspace);
    shop = await startShop({ WORKSPACE: workspace.folder });
    for (const name of names)
      await look(`${name}: generated, tested, deployed`, () => ship(workspace, shop!, name, short));
    await look('no file that was there has changed', async () => {
      if (stateOf(workspace) !== before) throw new Error('an existing file was edited');
    });
    await lookAtPage(shop, names, look);
  } finally {
    await shop?.close();
    workspace.close();
  }
  const broken = checks.filter((check) => check.broken !== undefined);
  const report = broken.map(({ what, broken: why }) => `${what}: ${why}`).join('\n') || 'every promise was kept';
  return { passed: checks.length - broken.length, failed: broken.length, report };
};

/** What a team does, with the commands of the README. */
async function ship(workspace: Workspace, shop: Shop, name: string, short: boolean): Promise<void> {
  const folder = await workspace.newMfe(name, name);
  const { scripts } = JSON.parse(readFileSync(join(workspace.folder, folder, 'package.json'), 'utf8')) as Scripts;
  await workspace.run(folder, scripts.build.split(' '));
  if (!short) {
    await workspace.run(folder, scripts.check.split(' '));
    await workspace.run('.', ['vitest', 'run', '--root', workspace.folder, folder]);
    await workspace.run('.', ['oxlint', '--type-aware', '--quiet', folder]);
  }
  await workspace.run(folder, scripts['test:browser'].split(' '));
  await deploy(workspace, shop, folder, name);
}

interface Scripts {
  readonly scripts: Readonly<Record<'build' | 'check' | 'test:browser', string>>;
}

/** With a token of the team. The shop goes on running; the first version of a micro frontend brings its backend up. */
async function deploy(workspace: Workspace, shop: Shop, folder: string, name: string): Promise<void> {
  const SOUK_TOKEN = await tokenFor(shop, name);
  const souk = (...args: string[]) =>
    workspace.run(folder, [process.execPath, script, ...args, '--url', shop.url], { SOUK_TOKEN });
  await souk('check');
  await souk('deploy', '--canary', '10');
  await souk('promote', name);
  await answering(`${shop.url}/api/${name}/healthz`);
}

const script = join(import.meta.dirname, '../../shell/cli/src/main.ts');

/** Staff make the token of a team, once. */
async function tokenFor(shop: Shop, name: string): Promise<string> {
  const form = new URLSearchParams({ name: 'Karim', password: shop.staffPassword });
  const signedIn = await fetch(`${shop.url}/sign-in`, { method: 'POST', body: form, redirect: 'manual' });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const answer = await fetch(`${shop.url}/registry/tokens`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ team: `team-${name}`, mfes: [name] }),
  });
  if (!answer.ok) throw new Error(`there is no token: ${await answer.text()}`);
  return ((await answer.json()) as { token: string }).token;
}

/** Resolves when a backend answers; it is asked again until then. */
async function answering(url: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const { ok, status } = await fetch(url);
    if (ok) return;
    if (Date.now() > deadline) throw new Error(`${url} still answers ${status}`);
    await delay(50);
  }
}

/** All on one page: each is mounted, hears the others' cart, and tells the page of what is added to it. */
async function lookAtPage(shop: Shop, names: readonly string[], look: Look): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [...chromiumArgs],
  });
  try {
    const context = await browser.newContext({ baseURL: shop.url });
    context.setDefaultTimeout(15_000);
    const { events, faults } = await watch(context);
    const page = await context.newPage();
    for (const [index, name] of names.entries())
      await look(`${name}: sends and hears on its own page`, () => works(page, events, name, index + 1));
    await look('all stand on one page, each with what it heard', async () => {
      await page.goto('/');
      for (const name of names) await page.getByText(`${titleOf(name)}: 1 entry`, { exact: true }).waitFor();
    });
    await look('nothing was refused by the content security policy or broke', async () => {
      if (faults.length > 0) throw new Error(faults.join('\n'));
    });
  } finally {
    await browser.close();
  }
}

type Look = (what: string, promise: () => Promise<unknown>) => Promise<void>;

async function works(page: Page, events: EventLog, name: string, count: number): Promise<void> {
  await page.goto('/p/star-anise');
  events.clear();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await events.waitFor('cart:changed', (cart) => cart.count === count);
  await page.goto(`/${name}`);
  const main = page.getByRole('main');
  await main.getByText(`${count} in your cart`).waitFor();
  await main.getByLabel('Stars').selectOption('4');
  await main.getByRole('button', { name: 'Add' }).click();
  await main.getByRole('listitem').filter({ hasText: '★★★★☆' }).waitFor();
  // Its own badge at the end of the page is another element, and knows of it by the event alone.
  await page.getByText(`${titleOf(name)}: 1 entry`, { exact: true }).waitFor();
}

const titleOf = (name: string): string => name[0]!.toUpperCase() + name.slice(1);

/** What `git status` would tell: names and contents of the files that every team shares. */
function stateOf({ folder }: Workspace): string {
  const files = readdirSync(folder, { withFileTypes: true }).map(({ name }) => name);
  const shared = files.filter((name) => statSync(join(folder, name)).isFile());
  return shared.map((name) => `${name}\n${readFileSync(join(folder, name), 'utf8')}`).join('\n');
}
