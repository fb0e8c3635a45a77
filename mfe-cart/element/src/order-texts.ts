import type { Order } from '@souk/cart-api';

/** How an order's status is said. */
export interface StatusText {
  readonly title: string;
  readonly text: string;
  readonly mood: 'busy' | 'good' | 'bad';
}

/** A step on the way of an order. */
export interface Step {
  readonly label: string;
  readonly state: 'done' | 'now' | 'failed' | 'ahead';
  /** ISO 8601 UTC, when it is done. */
  readonly at: string | undefined;
}

/** Title and explanation of where an order stands. */
export function statusText(order: Order): StatusText {
  switch (order.status) {
    case 'placed':
    case 'authorized':
    case 'reserved':
      if (order.actionRequired) return { title: 'Confirm with your bank', text: confirmText, mood: 'busy' };
      return { title: 'Processing', text: busyTexts[order.delayed ?? 'nothing'], mood: 'busy' };
    case 'confirmed':
      return {
        title: 'Order confirmed',
        text: order.erased
          ? 'Thank you.'
          : `Thank you, ${order.delivery.name}. It will be sent to ${order.delivery.city}.`,
        mood: 'good',
      };
    case 'payment-declined':
      return {
        title: 'Payment declined',
        text:
          order.reason === 'insufficient-funds'
            ? 'There is not enough money on this card. Nothing was charged. Your order is kept: try another card.'
            : order.reason === 'not-confirmed'
              ? 'The payment was not confirmed with your bank. Nothing was charged. Your order is kept: try again, or with another card.'
              : 'Your bank refused this card. Nothing was charged. Your order is kept: try another card.',
        mood: 'bad',
      };
    case 'sold-out':
      return {
        title: 'Sold out',
        text: `${soldOutText(order)} Nothing was charged, and your cart is as it was.`,
        mood: 'bad',
      };
    case 'payment-failed':
      return {
        title: 'Payment failed, nothing was charged',
        text:
          order.reason === 'provider-unanswered'
            ? 'The payment provider did not answer. Your order is kept: try again or use another card.'
            : 'We could not complete your order, and gave the payment back. Your order is kept: try again or use another card.',
        mood: 'bad',
      };
    default:
      return order.status satisfies never;
  }
}

const confirmText =
  'Your bank wants you to confirm this payment. Nothing is charged until you do. Take your time, but not more than a quarter of an hour: after that your order asks for another card. Your cart is kept.';

const busyTexts: Readonly<Record<NonNullable<Order['delayed']> | 'nothing', string>> = {
  nothing: 'We are on it. This page moves by itself, you can leave it open.',
  payment:
    'The payment provider does not answer at the moment. We keep trying; your order is not lost, and this page tells you how it ends. You can leave it open, or come back later.',
  stock: 'It takes longer than usual to set your goods aside. We keep trying, and this page tells you how it ends.',
  person: 'One of us has to look at your order. Nothing more is charged, and this page tells you how it ends.',
};

/** A line of an order of which there is less than was wanted. */
export interface Short {
  readonly sku: string;
  /** Title and variant. */
  readonly name: string;
  readonly available: number;
}

/** What was sold out meanwhile, and how much of it is left. */
export function shortOf({ lines, shortages = [] }: Order): Short[] {
  return shortages.flatMap(({ sku, available }) => {
    const line = lines.find((each) => each.sku === sku);
    if (!line) return [];
    return [{ sku, name: line.variant ? `${line.title}, ${line.variant}` : line.title, available }];
  });
}

function soldOutText(order: Order): string {
  const short = shortOf(order);
  if (short.length === 0) return 'Somebody was faster and there is not enough left.';
  const said = short.map(({ name, available }) =>
    available === 0 ? `${name} is sold out.` : `Only ${available} left of ${name}.`,
  );
  return `Somebody was faster. ${said.join(' ')}`;
}

/** It moves by itself. */
export function isUnderWay({ status }: Order): boolean {
  return status === 'placed' || status === 'authorized' || status === 'reserved';
}

/** It waits for another card; never without an address to send it to. */
export function wantsCard({ status, erased }: Order): boolean {
  if (erased) return false;
  return status === 'payment-declined' || status === 'payment-failed';
}

/** The four steps of an order, as far as it has come. */
export function stepsOf(order: Order): Step[] {
  const reached = (status: Order['status']) => order.timeline.findLast((step) => step.status === status)?.at;
  const failedAt: Partial<Record<Order['status'], number>> = {
    'payment-declined': 1,
    'payment-failed': 1,
    'sold-out': 2,
  };
  const reachedStep: Partial<Record<Order['status'], number>> = { placed: 1, authorized: 2, reserved: 3, confirmed: 4 };
  const failed = failedAt[order.status];
  const next = failed ?? reachedStep[order.status] ?? 0;
  const labels = [
    ['Order placed', reached('placed')],
    [failed === 1 ? 'Payment did not go through' : 'Payment authorised', reached('authorized')],
    [failed === 2 ? 'Sold out' : 'Goods set aside', reached('reserved')],
    ['Order confirmed', reached('confirmed')],
  ] as const;
  return labels.map(([label, at], index) => {
    const state = index < next ? 'done' : index > next ? 'ahead' : failed === undefined ? 'now' : 'failed';
    return { label, state, at: state === 'done' ? at : undefined };
  });
}
