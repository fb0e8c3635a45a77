import type { AskData } from '@souk/shared-events/integration';
import type { ConversationAbout } from './events.ts';

/** What the cart's backend says of an order; `unanswered` when it said nothing in time. */
export type OrderStatus = AskData['souk-ask.cart.order-status']['reply'] | 'unanswered';

/** What it says of all that a shopper has ordered. */
export type ShopperOrders = AskData['souk-ask.cart.shopper-overview']['reply'] | 'unanswered';

/** As orders are numbered. */
const orderNumber = /\bo_[A-Za-z0-9-]{6,60}\b/;
/** "Where is my order?", "has it been sent", "when will it come": enough words to guess, as a wrong guess costs a sentence. */
const whereabouts = /\b(where|when|status|track(ing)?|arriv\w*|deliver(y|ed)|sent|shipped|come|processing)\b/i;
/** What somebody has bought, without its number. */
const ownOrder = /\b(my|our|the)\s+(\w+\s+)?(orders?|parcels?|packages?|delivery|shipment)\b/i;

/** Orders told in one answer; who has more finds them in the list. */
const maxTold = 5;

/**
 * The order whose whereabouts a message asks for: the one it names, or the one that the conversation is about; `all` when it
 * asks after "my order" and says not which.
 */
export function orderAskedFor(
  text: string,
  about: ConversationAbout | null | undefined,
): { readonly orderId: string } | 'all' | undefined {
  const [named] = orderNumber.exec(text) ?? [];
  if (named !== undefined) return { orderId: named };
  if (!whereabouts.test(text)) return undefined;
  if (about?.kind === 'order') return { orderId: about.id };
  return ownOrder.test(text) ? 'all' : undefined;
}

/**
 * Where the order is, in words: only what the order itself says, and no promise of a time.
 * @param rest what to say of the desk, which is empty
 */
export function orderAnswer(orderId: string, answer: OrderStatus, rest: string): string {
  if (answer === 'unanswered') return `I cannot look up order ${orderId} at the moment. ${rest}`;
  if (!answer.known) return `I find no order ${orderId} of yours. ${rest}`;
  return `Order ${orderId}${since(answer)}: ${saying(answer)} ${rest}`;
}

/** Where all of a shopper's orders are. Those that are under way or wait for the shopper come before what is done. */
export function ordersAnswer(answer: ShopperOrders, rest: string): string {
  if (answer === 'unanswered') return `I cannot look up your orders at the moment. ${rest}`;
  const { orders, more } = answer;
  const [only] = orders;
  if (!only) return `I find no order of yours from this browser. ${rest}`;
  if (orders.length === 1) return orderAnswer(only.orderId, { known: true, ...only }, rest);
  const told = orders.toSorted((a, b) => Number(a.waitsFor === 'nothing') - Number(b.waitsFor === 'nothing'));
  const lines = told.slice(0, maxTold).map((order) => `Order ${order.orderId}${since(order)}: ${saying(order)}`);
  const others = orders.length + more - lines.length;
  const older = others > 0 ? [others === 1 ? 'And one more.' : `And ${others} more.`] : [];
  return [...lines, ...older, rest].join('\n\n');
}

type Known = Pick<Extract<OrderStatus, { readonly known: true }>, 'status' | 'waitsFor' | 'delayed' | 'timeline'>;

function saying({ status, waitsFor, delayed }: Known): string {
  switch (status) {
    case 'placed':
      return delayed ? slow[delayed] : 'it is placed, and we wait for the payment provider.';
    case 'authorized':
      return delayed ? slow[delayed] : 'the payment is authorised, and the goods are being set aside.';
    case 'reserved':
      return delayed ? slow[delayed] : 'the goods are set aside for you, and the payment is being taken.';
    case 'confirmed':
      return 'it is confirmed and paid, and will be sent.';
    case 'sold-out':
      return 'it could not be filled, as something in it sold out. Nothing was charged.';
    case 'payment-declined':
      return 'the card was declined and nothing was charged. You can pay with another card on the order’s page.';
    case 'payment-failed':
      return waitsFor === 'other-card'
        ? 'the payment did not go through and nothing was charged. You can try again on the order’s page.'
        : 'the payment did not go through, and nothing was charged.';
    default:
      return status satisfies never;
  }
}

/** An order that takes longer than usual says so, and why. */
const slow: Readonly<Record<NonNullable<Known['delayed']>, string>> = {
  payment: 'it is placed, and the payment provider takes longer than usual to answer. We go on asking by ourselves.',
  stock:
    'the payment is authorised, and setting the goods aside takes longer than usual. We go on trying by ourselves.',
  person: 'something in it needs one of us to look at it. It is on our list, and you need not do anything.',
};

/** `, 23 November, 15:40 UTC` */
function since({ status, timeline }: Known): string {
  const at = timeline.findLast((step) => step.status === status)?.at;
  if (at === undefined) return '';
  const options = { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' } as const;
  return `, ${new Date(at).toLocaleString('en-GB', options).replace(' at ', ', ')} UTC`;
}
