import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { startNats, type Nats, type NatsOptions } from '../../../../scripts/nats.ts';

/**
 * Servers for the cases of one file. In memory where that can be had: an fsync is asked for and costs nothing there.
 * The logs are kept when a case fails.
 */
export function serversForCases(
  options: Pick<NatsOptions, 'size' | 'syncAlways' | 'auth'> & { server: string | undefined },
) {
  const dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'souk-nats-'));
  let nats: Nats | undefined;

  beforeAll(async () => {
    if (options.server) nats = await startNats({ ...options, server: options.server, dir });
  });
  let failed = false;
  afterEach(({ task }) => void (failed ||= task.result?.state === 'fail'));
  afterAll(async () => {
    await nats?.stop();
    if (failed) process.stderr.write(`the logs of nats-server are in ${dir}\n`);
    else rmSync(dir, { recursive: true });
  });
  return {
    get nats(): Nats {
      if (!nats) throw new Error('the servers are not started yet');
      return nats;
    },
  };
}
