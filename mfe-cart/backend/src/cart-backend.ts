import { join } from 'node:path';
import {
  createApp,
  newId as randomId,
  openDatabase,
  openKeyStore,
  openOperations,
  reactor,
  toBackend,
  upcasting,
} from '@souk/service-kit';
import type { Backend, BackendOptions } from '@souk/service-kit';
import { upcast } from '@souk/shared-events/integration';
import { commandContext } from './commands/context.ts';
import { answerOrderStatus } from './answers/order-status.ts';
import { handleRequests } from './commands/handle-requests.ts';
import { cartRoutes } from './http/cart-routes.ts';
import { orderRoutes } from './http/order-routes.ts';
import { cartCommands } from './http/requests.ts';
import type { Patience } from './payment/ask-provider.ts';
import type { PaymentProvider } from './payment/payment-provider.ts';
import { sandboxPayments } from './payment/sandbox.ts';
import { erasePersons } from './persons/erase-person.ts';
import { personRoutes } from './persons/find-persons.ts';
import { advanceOrder } from './reactors/advance-order.ts';
import { pushChange, pushLate } from './reactors/push-changes.ts';
import { migrations, readModel } from './read-model.ts';

export interface CartBackendOptions extends BackendOptions {
  /** Who moves the money; closed with the backend. @default the sandbox, in `payments.db` */
  readonly provider?: PaymentProvider;
  /** How long and how often the provider is asked. @default 5000 milliseconds, asked again twice */
  readonly patience?: Partial<Patience>;
}

/**
 * Carts, checkout, orders and payments. Needs nobody to answer a request: prices and stock come from its own list,
 * which follows the catalogue's events.
 */
export async function createCartBackend(options: CartBackendOptions): Promise<Backend> {
  const { dataDir, log, sessionSecret, clock = () => new Date(), newId = randomId } = options;
  const channel = upcasting(options.channel, upcast);
  const patience: Patience = { deadlineMs: 5000, retries: 2, ...options.patience };
  const db = openDatabase({ file: join(dataDir, 'cart.db'), migrations });
  const keys = openKeyStore({ file: join(dataDir, 'keys-cart.db') });
  const provider = options.provider ?? sandboxPayments({ file: join(dataDir, 'payments.db'), clock });
  const cart = readModel(channel, db, keys, log);
  const context = commandContext({ channel, db, keys, cart, provider, clock, newId });

  const commands = cartCommands(context);
  const operations = openOperations({
    ...{ name: 'cart', channel, db, log, clock, commands },
    onLate: (late) => void pushLate(context, late).catch((err: unknown) => log.warn({ err }, 'late answer not pushed')),
  });

  const reactors = [
    handleRequests({ context, commands, channel, db, log }),
    reactor({
      ...{ name: 'cart-checkout', stream: 'cart', filter: 'cart.order.>', channel, db, log },
      handle: (cause, { signal }) =>
        advanceOrder(context, orderIdIn(cause.subject), { patience, stopped: signal, cause }),
    }),
    reactor({
      ...{ name: 'cart-reservations', stream: 'catalog', filter: 'catalog.reservation.>', channel, db, log },
      handle: (cause, { signal }) =>
        advanceOrder(context, orderIdIn(cause.subject), { patience, stopped: signal, cause }),
    }),
    reactor({
      ...{ name: 'cart-push', stream: 'cart', channel, db, log },
      handle: (recorded) => pushChange(context, recorded),
    }),
  ];

  const answers = answerOrderStatus(context);
  const erasures = erasePersons(context, log);

  const app = createApp({
    ...{ name: 'cart', version: '0.1.0', log, sessionSecret, channel, clock },
    followers: [cart, operations.projection, ...reactors, ...erasures.followers],
  });
  operations.addRoutes(app);
  cartRoutes(app, context);
  orderRoutes(app, context);
  personRoutes(app, context);
  return toBackend(app, {
    name: 'cart',
    projections: [cart, operations.projection, erasures.projection],
    reactors: [...reactors, erasures.reactor],
    opened: [db, keys, provider, answers],
  });
}

function orderIdIn(subject: string): string {
  return subject.split('.')[2] ?? '';
}
