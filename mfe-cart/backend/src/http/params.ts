import { Type } from 'typebox';

/** Parameter of a route: a sku, which may be any text. */
export const bySku = Type.Object({ sku: Type.String({ minLength: 1, maxLength: 200 }) });

/** Any text: what is no order’s number is looked up in vain, and that is 404, as for an order that is another’s. */
export const byAnyOrder = Type.Object({ orderId: Type.String({ maxLength: 512 }) });

/** What becomes part of a subject must be one token: a `>` would stand for every order. */
export const byOrder = Type.Object({ orderId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) });
