import type { AskData } from '@souk/shared-events/integration';
import type { ConversationAbout } from './events.ts';

/** What the cart's backend says of an order; `unanswered` when it said nothing in time. */
export type OrderStatus = AskData['souk-ask.cart.order-status']['reply'] | 'unanswered';

/** As orders are numbered. */
const orderNumber = /\bo_[A-Za-z0-9-]{6,60}\b/;
/** "Where is my order?", "has it been sent", "when will it come": enough words to guess, as a wrong guess costs a sentence. */
const whereabouts = /\b(where|when|status|track(ing)?|arriv\w*|deliver(y|ed)|sent|shipped|come|processing)\b/i;

/** The order whose whereabouts a message asks for: the one it names, or the one that the conversation is about. */
export function orderAskedFor(text: string, about: ConversationAbout | null | undefined): string | undefined {
  const [named] = orderNumber.exec(text) ?? [];
  if (named !== undefined) return named;
  return about?.kind === 'order' && whereabouts.test(text) ? about.id : undefined;
}

/** Where the order is, in words: only what the order itself says, and no promise of a time. */
export function orderAnswer(orderId: string, answer: OrderStatus): string {
  const rest = 'Nobody is at the desk this minute; if you need more than that, we answer here.';
  if (answer === 'unanswered')
    return `I cannot look up order ${orderId} at the moment. Nobody is at the desk this minute; your question is kept and we answer here.`;
  if (!answer.known) return `I find no order ${orderId} of yours. ${rest}`;
  const { status, waitsFor, timeline } = answer;
  const since = timeline.findLast((step) => step.status === status)?.at;
  return `Order ${orderId}${since === undefined ? '' : `, ${timeOf(since)}`}: ${saying(status, waitsFor)} ${rest}`;
}

type Known = Extract<OrderStatus, { readonly known: true }>;

function saying(status: Known['status'], waitsFor: Known['waitsFor']): string {
  switch (status) {
    case 'placed':
      return 'it is placed, and we wait for the payment provider.';
    case 'authorized':
      return 'the payment is authorised, and the goods are being set aside.';
    case 'reserved':
      return 'the goods are set aside for you, and the payment is being taken.';
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

/** `23 November, 15:40 UTC` */
function timeOf(iso: string): string {
  const options = { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' } as const;
  return `${new Date(iso).toLocaleString('en-GB', options).replace(' at ', ', ')} UTC`;
}
