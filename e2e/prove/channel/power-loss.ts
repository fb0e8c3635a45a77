import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Recorded } from '@souk/event-channel';
import { sqliteChannel, verifySqliteLog } from '@souk/event-channel/sqlite';
import type { ProofOptions } from '../proof.ts';
import { check, createFindings, type Findings } from './findings.ts';
import { followLoad, wrongFollowUps } from './follow-ups.ts';
import { anEvent, stream } from './load.ts';
import { chance } from './random.ts';

/** The files of the log as they stood when a commit was acknowledged: all of it had been synced by then. */
interface Moment {
  readonly main: Buffer;
  readonly wal: Buffer;
  /** Ids of all events, in the order of the log. */
  readonly ids: readonly string[];
}

const promise = 'the log opens, is whole, and holds every synced commit and no part of another';
const pageBytes = 4096;
const frameBytes = pageBytes + 24;
const walHeaderBytes = 32;

/**
 * Loss of power, simulated on copies of the files: what was synced stays, and of what was written since then any part may
 * be missing. So the write-ahead log ends at each border of a frame and inside of each frame, or lacks a frame of the
 * transaction that was being written, and while a checkpoint runs each page of the main file may be old or new.
 */
export async function provePowerLoss({ seed, short, progress }: ProofOptions): Promise<Findings> {
  const findings = createFindings('power loss');
  const dir = mkdtempSync(join(tmpdir(), 'souk-prove-'));
  const random = chance(seed, 'power');
  let states = 0;
  try {
    const { moments, beforeCheckpoint, afterCheckpoint } = await record(join(dir, 'events.db'), short ? 12 : 60);
    const last = moments.at(-1)!;
    for (const { main, wal, ids } of moments) await expectLog('at a commit', main, wal, ids);

    const cuts = [0, walHeaderBytes / 2];
    for (let at = walHeaderBytes; at <= last.wal.length; at += frameBytes) cuts.push(at, at + 12, at + frameBytes / 2);
    for (const at of cuts) {
      const ids = moments.findLast(({ wal }) => wal.length <= at)?.ids ?? [];
      await expectLog(`cut at byte ${at} of the write-ahead log`, last.main, last.wal.subarray(0, at), ids);
    }

    for (const [index, { main, wal }] of moments.entries()) {
      const before = moments[index - 1];
      if (!before) continue;
      const lacking = before.wal.length + random.below((wal.length - before.wal.length) / frameBytes) * frameBytes;
      const torn = Buffer.from(wal).fill(0, lacking, lacking + frameBytes);
      await expectLog('a frame of the last transaction is missing', main, torn, before.ids);
    }

    for (let round = 0; round < (short ? 10 : 100); round++) {
      const main = Buffer.alloc(afterCheckpoint.length);
      beforeCheckpoint.copy(main);
      for (let at = 0; at < main.length; at += pageBytes) {
        if (random.below(2) === 0) afterCheckpoint.copy(main, at, at, at + pageBytes);
      }
      await expectLog('in a checkpoint', main, last.wal, last.ids);
    }
    findings.told.push(`${states} states of the files of ${moments.length} commits`);
    return findings;
  } finally {
    rmSync(dir, { recursive: true });
  }

  async function expectLog(how: string, main: Buffer, wal: Buffer, ids: readonly string[]): Promise<void> {
    if (++states % 200 === 0) progress(`power loss: ${states} states, ${findings.broken.length} broken`);
    const file = join(dir, 'after.db');
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    writeFileSync(file, main);
    if (wal.length > 0) writeFileSync(`${file}-wal`, wal);
    const wrong = await whatIsWrong(file, ids).catch((error: unknown) => [(error as Error).message]);
    check(findings, promise, `${how}: --seed ${seed}`, wrong);
  }
}

async function whatIsWrong(file: string, ids: readonly string[]): Promise<string[]> {
  const channel = sqliteChannel({ file });
  const found: Recorded[] = [];
  for await (const recorded of channel.read(`${stream}.>`)) found.push(recorded);
  const wrong = await wrongFollowUps(channel, found);
  await channel.close();
  verifySqliteLog(file);
  const asDue = found.map(({ event }) => event.id).join() === ids.join();
  return asDue ? wrong : [`it has ${found.length} events, ${ids.length} are due, or others`];
}

/** A short run, with a look at the files after each commit, and a checkpoint at its end. */
async function record(file: string, commits: number) {
  const channel = sqliteChannel({ file });
  followLoad(channel, `${stream}.>`);
  const moments: Moment[] = [];
  const ids: string[] = [];
  const look = () => ({ main: readFileSync(file), wal: readFileSync(`${file}-wal`) });
  for (let n = 0; n < commits; n++) {
    const events = Array.from({ length: 1 + (n % 3) }, () => anEvent({ n, after: 0 }));
    await channel.append(`${stream}.subject.s${n % 4}`, events, { expect: 'any' });
    ids.push(...events.map(({ id }) => id));
    moments.push({ ...look(), ids: [...ids] });
  }
  const beforeCheckpoint = look().main;
  const other = new DatabaseSync(file);
  other.exec('PRAGMA wal_checkpoint(PASSIVE)');
  const afterCheckpoint = look().main;
  other.close();
  await channel.close();
  return { moments, beforeCheckpoint, afterCheckpoint };
}
