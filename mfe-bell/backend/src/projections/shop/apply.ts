import type { Recorded } from '@souk/event-channel';
import type { Database } from '@souk/service-kit';
import type { IntegrationData } from '@souk/shared-events/integration';

const cartPrefix = 'c_';

/** Brings what the bell knows of the shop up to one event of the streams `cart`, `chat` and `catalog`. */
export function applyToShop({ event: { type, data }, position }: Recorded, db: Database): void {
  switch (type) {
    case 'cart.order-placed.v2': {
      const { orderId, shopperId } = data as IntegrationData[typeof type];
      db.run('INSERT OR REPLACE INTO orders VALUES (?, ?)', orderId, shopperId);
      return;
    }
    case 'cart.item-quantity-set.v1': {
      const { cartId, sku, quantity } = data as IntegrationData[typeof type];
      return setInCart(db, cartId, sku, quantity > 0);
    }
    case 'cart.checked-out.v1': {
      const { cartId, lines } = data as IntegrationData[typeof type];
      // A rest that was left behind counts as gone: it was seen a moment ago.
      for (const { sku } of lines) setInCart(db, cartId, sku, false);
      return;
    }
    case 'cart.handed-over.v1': {
      const { cartId, lines } = data as IntegrationData[typeof type];
      for (const { sku } of lines) setInCart(db, cartId, sku, false);
      return;
    }
    case 'cart.taken-in.v1': {
      const { cartId, lines } = data as IntegrationData[typeof type];
      for (const { sku } of lines) setInCart(db, cartId, sku, true);
      return;
    }
    case 'chat.conversation-started.v1': {
      const { conversationId, shopperId } = data as IntegrationData[typeof type];
      const sql = 'INSERT OR IGNORE INTO conversations (conversation_id, shopper_id) VALUES (?, ?)';
      db.run(sql, conversationId, shopperId);
      return;
    }
    case 'chat.message-posted.v2': {
      const { conversationId, seq, from } = data as IntegrationData[typeof type];
      const sql = 'UPDATE conversations SET answered_seq = ? WHERE conversation_id = ?';
      if (from === 'staff') db.run(sql, seq, conversationId);
      return;
    }
    case 'catalog.product-published.v1':
      return publish(db, data as IntegrationData[typeof type], position);
    case 'catalog.stock-counted.v1': {
      const { sku, quantity } = data as IntegrationData[typeof type];
      db.run('INSERT OR REPLACE INTO stock VALUES (?, ?)', sku, quantity);
      return;
    }
    case 'catalog.stock-reserved.v1':
      return move(db, data as IntegrationData[typeof type], -1);
    case 'catalog.stock-released.v1':
      return move(db, data as IntegrationData[typeof type], 1);
  }
}

function setInCart(db: Database, cartId: string, sku: string, isIn: boolean): void {
  const shopperId = cartId.slice(cartPrefix.length);
  if (isIn) db.run('INSERT OR IGNORE INTO carts (sku, shopper_id) VALUES (?, ?)', sku, shopperId);
  else db.run('DELETE FROM carts WHERE sku = ? AND shopper_id = ?', sku, shopperId);
}

function publish(db: Database, product: IntegrationData['catalog.product-published.v1'], position: number): void {
  // A variant that is gone stays known, as notifications may still name it.
  db.run('UPDATE goods SET on_sale = 0 WHERE slug = ?', product.slug);
  const onSale = product.status === 'active' ? 1 : 0;
  for (const { sku, options, priceCents, currency } of product.variants) {
    const words = product.variants.length === 1 ? '' : Object.values(options).join(', ');
    db.run(
      `INSERT INTO goods (sku, slug, title, variant, price_cents, currency, on_sale) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
       ON CONFLICT (sku) DO UPDATE SET slug = ?2, title = ?3, variant = ?4, currency = ?6, on_sale = ?7,
         before_cents = iif(price_cents <> ?5, price_cents, before_cents),
         priced_at = iif(price_cents <> ?5, ?8, priced_at), price_cents = ?5`,
      ...[sku, product.slug, product.title, words, priceCents, currency, onSale, position],
    );
  }
}

function move(db: Database, { lines }: IntegrationData['catalog.stock-reserved.v1'], direction: 1 | -1): void {
  for (const { sku, quantity } of lines)
    db.run('UPDATE stock SET available = available + ? WHERE sku = ?', direction * quantity, sku);
}
