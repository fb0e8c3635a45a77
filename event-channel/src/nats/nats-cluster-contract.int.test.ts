import { describe } from 'vitest';
import { natsForTests } from '../../../scripts/nats.ts';
import { describeChannel } from '../testing/index.ts';
import { natsChannel, type NatsChannelOptions } from './index.ts';
import { removeStreams } from './testing/remove-streams.ts';
import { serversForCases } from './testing/servers.ts';

const server = await natsForTests();
const cluster = { replicas: 3, syncAlways: true } as const;

describe.skipIf(!server)('a cluster of three nats-servers with an fsync before each answer', () => {
  const running = serversForCases({ server, size: 3, syncAlways: true });
  let count = 0;
  let options: NatsChannelOptions;

  describeChannel({
    name: 'nats with three replicas',
    async open(limits) {
      if (options) await removeStreams(options);
      options = {
        ...limits,
        ...cluster,
        servers: running.nats.servers,
        namespace: `t${++count}`,
        onHandlerError: () => {},
      };
      return natsChannel(options);
    },
    reopen: () => natsChannel(options),
    // The server has no clock to advance.
    passDuplicateWindow: () => new Promise((resolve) => setTimeout(resolve, 2_300)),
  });
});
