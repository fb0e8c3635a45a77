import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Flags for a headless Chromium that talks to nobody but the page under test. */
export const chromiumArgs: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const howToGetOne =
  'No Chromium found. Set CHROMIUM_PATH to a Chromium or Chrome, or install one: "npx playwright install chromium", ' +
  'or "apt-get install chromium" as root on Debian and Ubuntu.';

/**
 * Path of a Chromium: `CHROMIUM_PATH`, else Playwright's own if it is there or can be had, else the system's,
 * else Debian's by apt when root.
 * @throws Error that says how to get one
 */
export async function findChromium(): Promise<string> {
  const found =
    fromEnvironment() ?? (await fromPlaywright()) ?? fromSystem() ?? (await downloadByPlaywright()) ?? installByApt();
  if (!found) throw new Error(howToGetOne);
  process.env.CHROMIUM_PATH = found;
  return found;
}

function fromEnvironment(): string | undefined {
  const path = process.env.CHROMIUM_PATH;
  if (!path) return undefined;
  if (!existsSync(path))
    throw new Error(`CHROMIUM_PATH: "${path}" is not there; use the path of a Chromium executable`);
  return path;
}

async function fromPlaywright(): Promise<string | undefined> {
  const { chromium } = await import('../e2e/support/playwright.ts');
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

function fromSystem(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/Applications/Google Chrome.app/Contents/MacOS'];
  for (const name of [...names, 'Google Chrome'])
    for (const folder of folders) {
      const path = join(folder, name);
      if (folder && existsSync(path)) return path;
    }
  return undefined;
}

/** Playwright's browsers come from a server of its own, which a closed network refuses: then the next way is tried. */
async function downloadByPlaywright(): Promise<string | undefined> {
  console.log('Looking for a Chromium: asking Playwright for its own …');
  const cli = join(import.meta.dirname, '../e2e/node_modules/.bin/playwright');
  spawnSync(cli, ['install', '--with-deps', 'chromium-headless-shell', 'chromium'], {
    stdio: 'ignore',
    timeout: 180_000,
  });
  return fromPlaywright();
}

function installByApt(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0)
    return undefined;
  console.log('Installing Chromium from the distribution (apt-get install chromium) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env, stdio: 'ignore' });
  return fromSystem();
}
