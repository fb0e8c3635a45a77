import { Type } from 'typebox';

/** Parameter of a route: a sku, which may be any text. */
export const bySku = Type.Object({ sku: Type.String({ minLength: 1, maxLength: 200 }) });

/** What becomes part of a subject must be one token: a `>` would stand for every order. */
export const byOrder = Type.Object({ orderId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) });
