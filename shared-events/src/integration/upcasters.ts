import type { FromSchema } from '../json-schema.ts';
import type { IntegrationData, IntegrationType } from './integration-event.ts';
import type { pastSchemas } from './past.ts';

type PastSchemas = typeof pastSchemas;
type PastType = keyof PastSchemas;
type PastData = { readonly [Type in PastType]: FromSchema<PastSchemas[Type]> };
type AnyData = PastData & IntegrationData;

/** What of an event the version matters to; an event of the channel has more, which stays as it is. */
interface Versioned {
  readonly type: string;
  readonly data: unknown;
}

/** Type and data of the next version. */
type Next = {
  readonly [Type in PastType | IntegrationType]: { readonly type: Type; readonly data: AnyData[Type] };
}[PastType | IntegrationType];

/** One version forward, by the type that is left behind: one step for each past version. Pure. */
const steps: { readonly [Type in PastType]: (data: PastData[Type]) => Next } = {
  'cart.checkout-requested.v1': ({ delivery, payment, ...rest }) => ({
    type: 'cart.checkout-requested.v2',
    data: { ...rest, delivery: { plain: delivery }, payment: inTheClear(payment) },
  }),
  'cart.other-card-requested.v1': ({ payment, ...rest }) => ({
    type: 'cart.other-card-requested.v2',
    data: { ...rest, payment: inTheClear(payment) },
  }),
  'cart.order-placed.v1': ({ delivery, payment, ...rest }) => ({
    type: 'cart.order-placed.v2',
    data: { ...rest, delivery: { plain: delivery }, payment: inTheClear(payment) },
  }),
  'cart.payment-changed.v1': ({ payment, ...rest }) => ({
    type: 'cart.payment-changed.v2',
    data: { ...rest, payment: inTheClear(payment) },
  }),
  'chat.message-posted.v1': ({ author, text, ...rest }) => ({
    type: 'chat.message-posted.v2',
    data: { ...rest, said: { plain: { author, text } } },
  }),
};

const stepFrom: ReadonlyMap<string, (data: never) => Next> = new Map(Object.entries(steps));

/**
 * Any event as it would be written today. Pure, and total: an event of the current version, or of no contract of ours, is
 * returned as it is (the same object). The envelope stays, id, time and cause with it, for it is the same event.
 */
export function upcast<Event extends Versioned>(event: Event): Event {
  let current = event;
  for (let step = stepFrom.get(current.type); step !== undefined; step = stepFrom.get(current.type)) {
    current = { ...current, ...step(current.data as never) };
  }
  return current;
}

function inTheClear({ last4, ...payment }: PastData['cart.payment-changed.v1']['payment']) {
  return { ...payment, last4: { plain: last4 } };
}
