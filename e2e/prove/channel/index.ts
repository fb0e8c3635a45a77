import type { Proof } from '../proof.ts';
import { proveDiskFull } from './disk-full.ts';
import { reportOf } from './findings.ts';
import { proveKills } from './kills.ts';
import { proveNats } from './nats.ts';
import { provePowerLoss } from './power-loss.ts';

/** Kills, cuts, fills and parts what the channel stands on, and looks whether it kept what it had promised. */
export const proveChannel: Proof = async (given) => {
  const options = given.short ? { ...given, runs: Math.min(given.runs, 6) } : given;
  const all = [
    await proveKills(options),
    await provePowerLoss(options),
    await proveDiskFull(options),
    ...(await proveNats(options)),
  ];
  const passed = all.flatMap(({ kept }) => [...kept.values()]).reduce((sum, count) => sum + count, 0);
  const failed = all.reduce((sum, { broken }) => sum + broken.length, 0);
  return { passed, failed, report: reportOf(all) };
};
