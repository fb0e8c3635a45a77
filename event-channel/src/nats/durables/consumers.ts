import { ChannelClosed, DurableConflict } from '../../errors.ts';
import { settingsOf } from '../../log/consumer-settings.ts';
import type { Consumers } from '../../log/consumers.ts';
import type { Order } from '../../log/store.ts';
import type { Consumer } from '../../port.ts';
import type { Connection } from '../connection.ts';
import type { Names } from '../names.ts';
import { startOrderedPull } from '../ordered-pull.ts';
import type { RemoteLogDeps } from './cursor.ts';
import { durableRecords, type Head } from './records.ts';
import { begunWith, startSeat } from './seat.ts';

export interface DurablesDeps extends RemoteLogDeps {
  readonly connection: Connection;
  readonly names: Names;
  readonly leaseMs: number;
}

/** The consumers of one channel. What is known of a durable before it is asked for is its order, as `orders` says. */
export function createDurables(deps: DurablesDeps, orders: Map<string, Order>): Consumers {
  const open = new Map<string, Consumer>();
  const owner = crypto.randomUUID();

  return {
    start(options, handler) {
      const settings = settingsOf(options);
      const key = keyOf(settings);
      if (open.has(key)) throw new DurableConflict(settings.stream, settings.durable, 'has a handler already');
      const order = orders.get(key) ?? settings.order;
      if (order !== settings.order) throw begunWith(settings, order);
      orders.set(key, order);
      const records = durableRecords(
        deps.connection,
        deps.names,
        deps.names.durable(settings.stream, settings.durable),
      );
      const seat = startSeat({ ...deps, records, owner, settings, deliver: options.deliver ?? 'all', handler });
      const handle: Consumer = {
        get ackedPosition() {
          return seat.consumer?.ackedPosition ?? 0;
        },
        get pending() {
          return seat.consumer?.pending ?? 0;
        },
        isSettled: (subject, position) => seat.consumer?.isSettled(subject, position) ?? false,
        deadLetters: async () => (await engine()).deadLetters(),
        replay: async (position) => (await engine()).replay(position),
        dismiss: async (position) => (await engine()).dismiss(position),
        async close() {
          await seat.close();
          if (open.get(key) === handle) open.delete(key);
        },
      };
      open.set(key, handle);
      return handle;

      async function engine(): Promise<Consumer> {
        await seat.begun;
        if (seat.consumer) return seat.consumer;
        if (seat.conflict) throw seat.conflict;
        if (seat.closed) throw new ChannelClosed();
        throw new DurableConflict(settings.stream, settings.durable, 'is handled by another process at present');
      }
    },
    async close() {
      await Promise.all([...open.values()].map((consumer) => consumer.close()));
    },
  };
}

/** The orders of all durables there are, so that a wrong one can be refused at once. */
export async function knownOrders(connection: Connection, names: Names): Promise<Map<string, Order>> {
  const orders = new Map<string, Order>();
  const filter = names.durable('*', 'any').replace(/any$/, '*.head');
  const query = { seq: 1, next_by_subj: filter } as { seq: number };
  const found = await connection.jsm.streams.getMessage(names.durables, query).catch(() => null);
  if (!found) return orders;
  const pull = startOrderedPull(connection, { stream: names.durables, filter, from: 1, toSubject: String });
  try {
    do {
      for (const { data } of await pull.next()) {
        const head: Head = JSON.parse(Buffer.from(data).toString());
        orders.set(keyOf(head), head.order);
      }
    } while (pull.behind !== 0);
    return orders;
  } finally {
    pull.close();
  }
}

function keyOf({ stream, durable }: { readonly stream: string; readonly durable: string }): string {
  return `${stream}/${durable}`;
}
