import { describe } from 'vitest';
import { natsForTests } from '../../../scripts/nats.ts';
import { describeChannel } from '../testing/index.ts';
import { natsChannel, type NatsChannelOptions } from './index.ts';
import { removeStreams } from './testing/remove-streams.ts';
import { serversForCases } from './testing/servers.ts';

const server = await natsForTests();
describe.skipIf(!server)('one nats-server', () => {
  const running = serversForCases({ server });
  let count = 0;
  let options: NatsChannelOptions;

  describeChannel({
    name: 'nats',
    async open(limits) {
      if (options) await removeStreams(options);
      options = {
        ...limits,
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
