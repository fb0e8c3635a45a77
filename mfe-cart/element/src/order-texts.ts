import type { Order } from '@souk/cart-api';
import { say } from './say.ts';

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
  const said = say().status;
  switch (order.status) {
    case 'placed':
    case 'authorized':
    case 'reserved':
      if (order.actionRequired) return { title: said.confirmTitle, text: said.confirmText, mood: 'busy' };
      return { title: said.processing, text: said.busy[order.delayed ?? 'nothing'], mood: 'busy' };
    case 'confirmed':
      return {
        title: said.confirmed,
        text: order.erased ? said.thanks : said.thanksTo(order.delivery.name, order.delivery.city),
        mood: 'good',
      };
    case 'payment-declined':
      return {
        title: said.declined,
        text:
          order.reason === 'insufficient-funds'
            ? said.insufficientFunds
            : order.reason === 'not-confirmed'
              ? said.notConfirmed
              : said.refused,
        mood: 'bad',
      };
    case 'sold-out':
      return {
        title: said.soldOut,
        text: `${soldOutText(order)} ${said.nothingCharged}`,
        mood: 'bad',
      };
    case 'payment-failed':
      return {
        title: said.paymentFailed,
        text: order.reason === 'provider-unanswered' ? said.unanswered : said.gaveBack,
        mood: 'bad',
      };
    default:
      return order.status satisfies never;
  }
}

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
  const said = say().status;
  const short = shortOf(order);
  if (short.length === 0) return said.fasterAndShort;
  const each = short.map(({ name, available }) =>
    available === 0 ? said.isSoldOut(name) : said.onlyLeftOf(name, available),
  );
  return [said.faster, ...each].join(' ');
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
  const said = say().steps;
  const labels = [
    [said.placed, reached('placed')],
    [failed === 1 ? said.notAuthorised : said.authorised, reached('authorized')],
    [failed === 2 ? said.soldOut : said.reserved, reached('reserved')],
    [said.confirmed, reached('confirmed')],
  ] as const;
  return labels.map(([label, at], index) => {
    const state = index < next ? 'done' : index > next ? 'ahead' : failed === undefined ? 'now' : 'failed';
    return { label, state, at: state === 'done' ? at : undefined };
  });
}
