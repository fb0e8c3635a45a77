import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sqliteChannel, verifySqliteLog } from '@souk/event-channel/sqlite';
import type { ProofOptions } from '../proof.ts';
import { check, createFindings, type Findings } from './findings.ts';
import { checkFollowUps } from './follow-ups.ts';
import { checkJournal, checkLog, nothingKnown } from './invariants.ts';

const megabyte = 1024 * 1024;
/** SQLITE_FULL: what SQLite makes of ENOSPC. */
const full = 13;

/**
 * A disk that is full, and has room again, under a process that appends and projects. The disk is a real one, a tmpfs of
 * a few megabytes, where we may mount one; then ENOSPC comes from the system. Elsewhere this part is left out and says so.
 */
export async function proveDiskFull({ seed, short, progress }: ProofOptions): Promise<Findings> {
  const findings = createFindings('disk full');
  const dir = mkdtempSync(join(tmpdir(), 'souk-prove-'));
  const disk = join(dir, 'disk');
  mkdirSync(disk);
  if (!mount(disk)) {
    findings.told.push('NOT SEEN: a small disk cannot be mounted here (it takes Linux and root)');
    rmSync(dir, { recursive: true });
    return findings;
  }
  try {
    const [log, readModel, ballast] = ['events.db', 'journal.db', 'ballast'].map((name) => join(disk, name)) as [
      string,
      string,
      string,
    ];
    const known = nothingKnown();
    const rounds = short ? 1 : 10;
    for (let round = 0; round < rounds; round++) {
      const where = `round ${round + 1}: --seed ${seed}`;
      writeFileSync(ballast, Buffer.alloc(Math.floor(roomIn(disk) / 2)));
      const { acked, errors, afterwards } = await fillAndMakeRoom(log, readModel, () => rmSync(ballast));
      known.acked.push(...acked);
      const unclear = errors.filter((line) => !line.startsWith(`! ${full} `));
      check(findings, 'a full disk is told: log-unavailable, and its cause says so', where, unclear);
      check(
        findings,
        'it goes on when there is room',
        where,
        afterwards > 0 ? [] : ['nothing was acknowledged afterwards'],
      );
      verifySqliteLog(log);
      const channel = sqliteChannel({ file: log });
      const found = await checkLog(channel, known, findings, where);
      checkJournal(readModel, found, findings, where);
      await checkFollowUps(channel, found, findings, where);
      await channel.close();
      findings.told.push(`${where}: ${errors.length} appends refused, ${acked.length} acknowledged`);
      progress(`disk full: ${round + 1} of ${rounds}, ${findings.broken.length} broken`);
      known.acked.length = 0;
      known.idAt.clear();
      for (const file of [log, readModel])
        for (const suffix of ['', '-wal', '-shm', '.lock']) rmSync(file + suffix, { force: true });
    }
    return findings;
  } finally {
    execFileSync('umount', [disk]);
    rmSync(dir, { recursive: true });
  }
}

/** Lets it append until the disk is full, and stay full for a while; makes room; lets it append some more. */
async function fillAndMakeRoom(log: string, readModel: string, makeRoom: () => void) {
  const args = [join(import.meta.dirname, 'worker.ts'), log, readModel, '6', '2'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const acked = [];
  const errors: string[] = [];
  let hasRoom = false;
  let afterwards = 0;
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith('!')) {
      errors.push(line);
      if (errors.length < 200 || hasRoom) continue;
      hasRoom = true;
      makeRoom();
      continue;
    }
    const [subject = '', position, id = ''] = line.split(' ');
    acked.push({ subject, position: Number(position), id });
    if (hasRoom && ++afterwards === 100) child.kill('SIGTERM');
  }
  await ended;
  return { acked, errors, afterwards };
}

function mount(disk: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${8 * megabyte}`, 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function roomIn(disk: string): number {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
}
