import { join } from 'node:path';
import {
  addSagaRoutes,
  createApp,
  defineSaga,
  newId as randomId,
  openDatabase,
  openKeyStore,
  openOperations,
  openSagas,
  reactor,
  sagaParticipant,
  toBackend,
  upcasting,
} from '@souk/service-kit';
import type { Backend, BackendOptions } from '@souk/service-kit';
import { upcast } from '@souk/shared-events/integration';
import { commandContext } from './commands/context.ts';
import { answerOrderStatus } from './answers/order-status.ts';
import { answerShopperOverview } from './answers/shopper-overview.ts';
import { handleRequests } from './commands/handle-requests.ts';
import { cartRoutes } from './http/cart-routes.ts';
import { orderRoutes } from './http/order-routes.ts';
import { paymentRoutes } from './http/payment-routes.ts';
import { cartCommands } from './http/requests.ts';
import { checkoutSaga, checkoutSaga3ds } from './domain/checkout-saga.ts';
import type { CheckoutData } from './domain/checkout-saga.ts';
import { confirmOrder } from './participants/confirm-order.ts';
import { patienceFor } from './participants/patience.ts';
import type { Patience } from './participants/patience.ts';
import { paymentCommands } from './participants/payments.ts';
import type { PaymentProvider } from './payment/payment-provider.ts';
import { settleConfirmation } from './participants/settle-confirmation.ts';
import { sandboxPayments } from './payment/sandbox.ts';
import { erasePersons, forgetErased, hasAddress } from './persons/erase-person.ts';
import { personRoutes } from './persons/find-persons.ts';
import { beginCheckout, checkoutBegins, checkoutEnds, endCheckout } from './reactors/checkouts.ts';
import { pushChange, pushLate } from './reactors/push-changes.ts';
import { takeOverGuest } from './reactors/take-over-guest.ts';
import { migrations, readModel } from './read-model.ts';

export interface CartBackendOptions extends BackendOptions {
  /** Who moves the money; closed with the backend. @default the sandbox, in `payments.db` */
  readonly provider?: PaymentProvider;
  /** How long an order waits for a payment provider that does not answer. @default 150_000 milliseconds */
  readonly giveUpPaymentAfterMs?: number;
  /** How long a shopper has to confirm a payment with their bank. @default 900_000 milliseconds */
  readonly confirmWithinMs?: number;
  /** The same in detail. @default follows from `giveUpPaymentAfterMs` */
  readonly patience?: Partial<Patience>;
}

/**
 * Carts, checkout, orders and payments. Needs nobody to answer a request: prices and stock come from its own list,
 * which follows the catalogue's events.
 */
export async function createCartBackend(options: CartBackendOptions): Promise<Backend> {
  const { dataDir, sharedDir = dataDir, log, sessionSecret, clock = () => new Date(), newId = randomId } = options;
  const channel = upcasting(options.channel, upcast);
  const patience: Patience = { ...patienceFor(options.giveUpPaymentAfterMs), ...options.patience };
  const db = openDatabase({ file: join(dataDir, 'cart.db'), migrations });
  const keys = openKeyStore({ file: join(sharedDir, 'keys-cart.db') });
  const provider = options.provider ?? sandboxPayments({ file: join(sharedDir, 'payments.db'), clock });
  const cart = readModel(channel, db, keys, log);
  const context = commandContext({ channel, db, keys, cart, provider, clock, newId });
  await forgetErased(context);

  const commands = cartCommands(context);
  const operations = openOperations({
    ...{ name: 'cart', channel, db, log, clock, commands },
    onLate: (late) => void pushLate(context, late).catch((err: unknown) => log.warn({ err }, 'late answer not pushed')),
  });

  // Both, whoever moves the money now: a checkout ends as it began.
  const definitions = [checkoutSaga(patience), checkoutSaga3ds(patience, options.confirmWithinMs ?? 15 * 60_000)];
  const sagas = openSagas({
    ...{ name: 'cart', channel, db, log, clock, definitions: definitions.map((one) => defineSaga<CheckoutData>(one)) },
    replies: [
      { stream: 'cart', filter: 'cart.order.>' },
      { stream: 'catalog', filter: 'catalog.reservation.>' },
    ],
  });

  const reactors = [
    handleRequests({ context, commands, channel, db, log }),
    sagaParticipant({
      ...{ name: 'cart-checkout-steps', stream: 'cart', source: '/cart', channel, db, log },
      // Money that was taken may have been given back without anybody hearing of it: only the provider knows.
      askedAnew: ['cart.payment-capture-requested.v1'],
      commands: {
        ...paymentCommands({ provider, deadlineMs: patience.deadlineMs, log, mayTake: hasAddress(context) }),
        'cart.order-confirmation-requested.v1': confirmOrder(context),
      },
    }),
    reactor({
      ...{
        name: 'cart-checkout-begins',
        stream: 'cart',
        filter: 'cart.order.>',
        types: checkoutBegins,
        channel,
        db,
        log,
      },
      handle: (cause) => beginCheckout(context, sagas, cause),
    }),
    reactor({
      ...{ name: 'cart-checkout-ends', stream: 'cart', filter: 'cart.saga.>', types: checkoutEnds, channel, db, log },
      handle: (cause) => endCheckout(context, patience.attempts, cause),
    }),
    reactor({
      ...{ name: 'cart-merge', stream: 'account', filter: 'account.customer.>', types: ['account.signed-in.v1'] },
      ...{ channel, db, log },
      handle: (signedIn) => takeOverGuest(context, signedIn),
    }),
    reactor({
      ...{ name: 'cart-push', stream: 'cart', channel, db, log },
      handle: (recorded) => pushChange(context, sagas, recorded),
    }),
  ];

  const answers = [answerOrderStatus(context), answerShopperOverview(context)];
  const erasures = erasePersons(context, log);

  const app = createApp({
    ...{ name: 'cart', version: '0.1.0', log, sessionSecret, channel, clock },
    followers: [cart, operations.projection, sagas, ...reactors, ...erasures.followers],
  });
  operations.addRoutes(app);
  addSagaRoutes(app, 'cart', sagas);
  cartRoutes(app, context);
  orderRoutes(app, context);
  paymentRoutes(app, context, patience.deadlineMs);
  personRoutes(app, context);
  provider.addRoutes?.(app);
  provider.confirmations?.onNews((key) => {
    settleConfirmation(context, key, patience.deadlineMs).catch((err: unknown) =>
      log.warn({ err }, 'news not taken in'),
    );
  });
  return toBackend(app, {
    name: 'cart',
    projections: [cart, operations.projection, sagas.projection, erasures.projection],
    reactors: [...reactors, erasures.reactor],
    opened: [db, keys, provider, sagas, ...answers],
  });
}
