import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { natsForTests, startNats, type Nats } from '../../../scripts/nats.ts';
import { describeChannel } from '../testing/index.ts';
import { natsChannel, type NatsChannelOptions } from './index.ts';
import { removeStreams } from './testing/remove-streams.ts';

const server = await natsForTests();

describe.skipIf(!server)('a cluster of three with an fsync before each answer', () => {
  const dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'souk-nats-'));
  let nats: Nats;
  let count = 0;
  let options: NatsChannelOptions;

  beforeAll(async () => {
    nats = await startNats({ server: server!, dir, size: 3, syncAlways: true });
  });
  afterAll(async () => {
    await nats.stop();
    rmSync(dir, { recursive: true });
  });

  describeChannel({
    name: 'nats with three replicas',
    async open(limits) {
      if (options) await removeStreams(options);
      options = {
        ...limits,
        servers: nats.servers,
        namespace: `t${++count}`,
        replicas: 3,
        syncAlways: true,
        onHandlerError: () => {},
      };
      return natsChannel(options);
    },
    reopen: () => natsChannel(options),
    // The server has no clock to advance.
    passDuplicateWindow: () => new Promise((resolve) => setTimeout(resolve, 2_300)),
  });
});
