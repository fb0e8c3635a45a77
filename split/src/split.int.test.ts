import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openControl, giveOrder } from './control.ts';
import { startSplit } from './split.ts';
import { NoSuchBackend } from './supervisor.ts';
import type { Supervisor } from './supervisor.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'souk-split-'));
const start = (env: Readonly<Record<string, string>>) => startSplit({ env: { DATA_DIR: folder(), ...env } });

it.each([
  [{}, 'CHANNEL: several processes need one log they share; use nats://host:port'],
  [{ CHANNEL: 'memory' }, 'CHANNEL: several processes'],
  [{ CHANNEL: 'nats://127.0.0.1:1', REPLICAS: '0' }, 'REPLICAS: "0" is not a number from 1 to 32'],
  [{ CHANNEL: 'nats://127.0.0.1:1', REPLICAS: 'cart=many' }, 'REPLICAS: "many" is not a number from 1 to 32'],
  [{ CHANNEL: 'nats://127.0.0.1:1', REPLICAS: 'till=2' }, 'REPLICAS: "till" is no backend; use catalog, cart, chat'],
  [{ CHANNEL: 'nats://127.0.0.1:1', GATEWAYS: '1.5' }, 'GATEWAYS: "1.5" is not a number from 1 to 32'],
])('says in one line what is wrong with %j, before anything is started', async (env, line) => {
  await expect(start(env as Record<string, string>)).rejects.toMatchObject({ lines: [expect.stringContaining(line)] });
});

it('takes orders over a socket, and says why one cannot be followed', async () => {
  const dataDir = folder();
  const replaced: unknown[] = [];
  const supervisor: Supervisor = {
    processes: [],
    async replace(backend, from) {
      if (backend !== 'cart') throw new NoSuchBackend(backend, ['cart']);
      replaced.push([backend, from]);
    },
    close: async () => undefined,
  };
  const control = await openControl(dataDir, supervisor);
  expect(await giveOrder(dataDir, { replace: 'cart', from: '/next' })).toEqual([]);
  expect(replaced).toEqual([['cart', '/next']]);
  await expect(giveOrder(dataDir, { replace: 'till' })).rejects.toThrow('there is no backend "till"; there are cart');
  await control.close();
  await expect(giveOrder(dataDir, {})).rejects.toThrow('npm run start:split');
});
