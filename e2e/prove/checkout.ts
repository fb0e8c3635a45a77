import { killAtBorders } from './checkout/kills.ts';
import { CHECKOUTS_PER_SEED, simulateCheckouts } from './checkout/simulation.ts';
import type { Proof } from './proof.ts';

const SEEDS = 500;
const SHORT_SEEDS = 50;

/**
 * Checks that money is taken exactly when the order is confirmed and its stock is taken, and that nothing gets stuck: in
 * simulated checkouts with everything that can go wrong, and in a shop that is killed at the borders of the steps.
 * `runs` is the number of kills.
 */
export const proveCheckout: Proof = async ({ runs, seed, short, progress }) => {
  const broken: string[] = [];
  const seen = { checkouts: 0, confirmed: 0, undone: 0, parked: 0, crashes: 0, duplicates: 0 };
  const acts = { retry: 0, skip: 0, resolve: 0, resume: 0 };
  const seeds = short ? SHORT_SEEDS : SEEDS;
  for (let one = seed; one < seed + seeds; one++) {
    const { broken: here, acts: done, ...counts } = simulateCheckouts(one);
    broken.push(...here);
    for (const [name, count] of Object.entries(done)) acts[name as keyof typeof acts] += count;
    for (const [name, count] of Object.entries(counts)) seen[name as keyof typeof seen] += count;
  }
  const { checkouts, confirmed, undone, parked, crashes, duplicates } = seen;
  const repairs = Object.entries(acts)
    .map(([act, count]) => `${count} times ${act}`)
    .join(', ');
  const simulated =
    `${checkouts} simulated checkouts (${seeds} seeds from ${seed}, ${CHECKOUTS_PER_SEED} each): ${confirmed} confirmed, ` +
    `${undone} undone, ${parked} parked and repaired (${repairs}), ${crashes} crashes, ${duplicates} messages twice`;
  progress(simulated);
  const brokenSeeds = new Set(broken.map((line) => line.split(':')[0])).size;

  const killed = await killAtBorders({ kills: short ? Math.min(runs, 2) : runs, seed, progress });
  broken.push(...killed.broken);
  const failed = brokenSeeds + killed.failed;
  return {
    passed: seeds - brokenSeeds + killed.kills - killed.failed,
    failed,
    report: [simulated, `${killed.kills} kills, each at the border of a step`, ...broken].join('\n'),
  };
};
