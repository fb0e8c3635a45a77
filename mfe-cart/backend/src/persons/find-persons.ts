import { setImmediate as nextTurn } from 'node:timers/promises';
import { requireStaff } from '@souk/service-kit';
import type { SoukApp } from '@souk/service-kit';
import { Type } from 'typebox';
import { cartIdOf } from '../cart-id.ts';
import type { Context } from '../commands/context.ts';
import { isUnderWay } from '../domain/order.ts';
import type { OrderState } from '../domain/order.ts';
import { ownerOf } from '../projections/customers/customers.ts';
import { orderOf, ordersOf } from '../projections/orders/orders.ts';

const text = (maxLength: number) => Type.Optional(Type.String({ minLength: 1, maxLength }));
const Search = Type.Object(
  { personId: text(64), orderId: text(64), email: text(254) },
  { additionalProperties: false, minProperties: 1, maxProperties: 1 },
);
const Persons = Type.Object({
  persons: Type.Array(
    Type.Object({
      personId: Type.String(),
      orders: Type.Integer(),
      /** Orders that still move, or wait for another card. */
      open: Type.Integer(),
      lastOrderAt: Type.Optional(Type.String()),
    }),
  ),
});

/** Orders looked at between two turns of the event loop: a few milliseconds. */
const pageSize = 200;

/** For the staff: who it is that somebody writes about. By POST, so that no address of a person is in the address of a page. */
export function personRoutes(app: SoukApp, context: Context): void {
  const schema = { summary: 'Find persons by order, email or id (staff)', body: Search, response: { 200: Persons } };
  app.post('/api/cart/persons/search', { preHandler: requireStaff, schema }, async ({ body }, reply) => {
    reply.header('cache-control', 'no-store');
    const ids = await idsOf(context, body);
    return { persons: ids.flatMap((personId) => describe(context, personId)) };
  });
}

async function idsOf(
  context: Context,
  { personId, orderId, email }: { personId?: string; orderId?: string; email?: string },
): Promise<string[]> {
  if (personId !== undefined) return [personId];
  if (orderId !== undefined)
    return [orderOf(context.db, orderId) ?? []].flat().map(({ shopperId }) => ownerOf(context.db, shopperId));
  return byEmail(context, email ?? '');
}

/** Addresses are sealed, so all orders have to be opened: for a question that is seldom asked. */
async function byEmail({ db, keys }: Context, email: string): Promise<string[]> {
  const wanted = email.trim().toLowerCase();
  const found = new Set<string>();
  for (let after = ''; ;) {
    const sql = 'SELECT order_id AS id, state FROM orders WHERE order_id > ? ORDER BY order_id LIMIT ?';
    const page = db.all<{ id: string; state: string }>(sql, after, pageSize);
    for (const { state } of page) {
      const { delivery, shopperId } = JSON.parse(state) as OrderState;
      if (keys.open(delivery, shopperId)?.email.trim().toLowerCase() === wanted) found.add(ownerOf(db, shopperId));
    }
    const last = page.at(-1);
    if (last === undefined) return [...found];
    after = last.id;
    await nextTurn();
  }
}

/** Nothing for who has neither a cart nor an order nor an account. */
function describe({ db }: Context, personId: string) {
  const orders = ordersOf(db, personId);
  const cart = db.get('SELECT 1 AS found FROM carts WHERE cart_id = ?', cartIdOf(personId));
  const account = db.get('SELECT 1 AS found FROM customers WHERE customer_id = ?', personId);
  if (orders.length === 0 && cart === undefined && account === undefined) return [];
  const open = orders.filter(({ status }) => isUnderWay(status) || status === 'payment-declined').length;
  const lastOrderAt = orders[0]?.placedAt;
  return [{ personId, orders: orders.length, open, ...(lastOrderAt === undefined ? {} : { lastOrderAt }) }];
}
