/**
 * `npm run prove -- NAME [--runs N] [--seed S] [--short]`: tries to make the shop break a promise. Prints what it sees
 * while it runs, then how many checks passed and failed; exits 1 where a promise is broken.
 */
import { parseArgs } from 'node:util';
import { buildChanged } from '../../scripts/build.ts';
import { findChromium } from '../../scripts/chromium.ts';
import type { Proof } from './proof.ts';

/** How a proof is loaded, what it needs and how often it runs when nobody says. */
interface Entry {
  readonly load: () => Promise<Proof>;
  readonly runs: number;
  /** Whether it looks at the built shop in a browser. */
  readonly inBrowser: boolean;
}

const proofs: Readonly<Record<string, Entry>> = {
  channel: { load: async () => (await import('./channel/index.ts')).proveChannel, runs: 200, inBrowser: false },
  checkout: { load: async () => (await import('./checkout.ts')).proveCheckout, runs: 200, inBrowser: true },
  frameworks: { load: async () => (await import('./frameworks.ts')).proveFrameworks, runs: 1, inBrowser: true },
  deploy: { load: async () => (await import('./deploy.ts')).proveDeploy, runs: 1, inBrowser: true },
  push: { load: async () => (await import('./push.ts')).provePush, runs: 1, inBrowser: true },
  replace: { load: async () => (await import('./replace.ts')).proveReplace, runs: 1, inBrowser: true },
  walls: { load: async () => (await import('./walls.ts')).proveWalls, runs: 1, inBrowser: true },
};

const { name, entry, runs, seed, short } = readArguments();
try {
  if (entry.inBrowser) {
    await buildChanged();
    await findChromium();
  }
  const prove = await entry.load();
  console.log(`prove ${name}, seed ${seed} …`);
  const { passed, failed, report } = await prove({ runs, seed, short, progress: (line) => console.log(line) });
  console.log(`\n${report}\n\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { runs: { type: 'string' }, seed: { type: 'string' }, short: { type: 'boolean', default: false } },
    });
    const [name = ''] = positionals;
    const entry = Object.hasOwn(proofs, name) ? proofs[name] : undefined;
    if (!entry) throw new Error(`"${name}" is no proof; there are: ${Object.keys(proofs).join(', ')}`);
    const runs = wholeNumber('--runs', values.runs ?? String(entry.runs), 1);
    const seed = wholeNumber('--seed', values.seed ?? String(Date.now() % 1_000_000), 0);
    return { name, entry, runs, seed, short: values.short };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

function wholeNumber(option: string, text: string, least: number): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new Error(`${option}: "${text}" is not a whole number; use ${least} or more`);
}
