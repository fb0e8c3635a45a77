import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { sqliteChannel, verifySqliteLog } from '@souk/event-channel/sqlite';
import type { ProofOptions } from '../proof.ts';
import { check, createFindings, type Findings } from './findings.ts';
import { checkFollowUps } from './follow-ups.ts';
import { checkJournal, checkLog, nothingKnown } from './invariants.ts';
import type { Acked } from './load.ts';
import { chance } from './random.ts';

/** Kills on one log before the next one begins anew: enough to go on after a crash, few enough to read it all each time. */
const killsPerLog = 8;

/** SIGKILL at random points of a process that appends, races and projects. */
export async function proveKills({ runs, seed, progress }: ProofOptions): Promise<Findings> {
  const findings = createFindings('kill -9');
  let acknowledged = 0;
  for (let run = 0; run < runs;) {
    const dir = mkdtempSync(join(tmpdir(), 'souk-prove-'));
    const [log, readModel] = [join(dir, 'events.db'), join(dir, 'journal.db')];
    const known = nothingKnown();
    for (let kill = 0; kill < killsPerLog && run < runs; kill++, run++) {
      const where = `kill ${run + 1}: --seed ${seed} --runs ${run + 1}`;
      const acked = await runAndKill(log, readModel, chance(seed, 'kill', run));
      known.acked.push(...acked);
      acknowledged += acked.length;
      check(findings, 'the log is whole', where, whatVerifySays(log));
      const channel = sqliteChannel({ file: log });
      const found = await checkLog(channel, known, findings, where);
      checkJournal(readModel, found, findings, where);
      await checkFollowUps(channel, found, findings, where);
      await channel.close();
      if ((run + 1) % 10 === 0) progress(`kill -9: ${run + 1} of ${runs}, ${findings.broken.length} broken`);
    }
    if (findings.broken.length > 0) findings.told.push(`kept for you: ${dir}`);
    else rmSync(dir, { recursive: true });
    if (findings.broken.length > 0) break;
  }
  findings.told.push(`${runs} kills, ${acknowledged} commits acknowledged before them`);
  return findings;
}

/** Lets it run until it has acknowledged some commits and a moment more, kills it, and says what it acknowledged. */
async function runAndKill(log: string, readModel: string, random: ReturnType<typeof chance>): Promise<Acked[]> {
  const [writers, atLeast, momentMs] = [1 + random.below(12), random.below(400), random.below(12)];
  const args = [join(import.meta.dirname, 'worker.ts'), log, readModel, String(writers), '3'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const acked: Acked[] = [];
  let killing = false;
  for await (const line of createInterface(child.stdout)) {
    const [subject = '', position, id] = line.split(' ');
    // The last line may be cut off by the kill.
    if (id?.length !== 36) break;
    acked.push({ subject, position: Number(position), id });
    if (acked.length <= atLeast || killing) continue;
    killing = true;
    void delay(momentMs).then(() => child.kill('SIGKILL'));
  }
  if (child.exitCode !== null) throw new Error(`the process under load ended by itself with ${child.exitCode}`);
  return acked;
}

function whatVerifySays(log: string): string[] {
  try {
    verifySqliteLog(log);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
