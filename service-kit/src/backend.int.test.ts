import { expect, test } from 'vitest';
import { createApp } from './app.ts';
import { toBackend } from './backend.ts';
import type { Projection } from './projection.ts';
import type { Reactor } from './reactor.ts';
import { TEST_SECRET, testLog } from './testing/index.ts';

test('a backend closes its app, then reactors, then the projections they may wait for, then the database, once', async () => {
  const order: string[] = [];
  const part = (name: string) => ({
    ready: async () => void order.push(`${name} ready`),
    close: () => void order.push(name),
  });
  const app = createApp({ name: 'demo', version: '1', log: testLog, sessionSecret: TEST_SECRET });
  app.addHook('onClose', async () => void order.push('app'));
  const backend = await toBackend(app, {
    name: 'demo',
    opened: [part('database'), part('timer')],
    projections: [part('projection') as unknown as Projection],
    reactors: [part('reactor') as unknown as Reactor],
  });
  await backend.ready();
  await backend.close();
  await backend.close();
  expect(order).toEqual(['projection ready', 'app', 'reactor', 'projection', 'timer', 'database']);
});
