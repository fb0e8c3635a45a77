import type { Database } from '@souk/service-kit';
import type { IntegrationData } from '@souk/shared-events/integration';

/** Whose something is that was told a shopper: the customer's whom the shopper turned out to be, else the shopper's. */
export function ownerOf(db: Database, shopperId: string): string {
  const sql = 'SELECT customer_id AS id FROM customers WHERE guest_id = ?';
  return db.get<{ id: string }>(sql, shopperId)?.id ?? shopperId;
}

/** Makes the customer's what was the guest's: notifications, of two about one thing the newer, and what they wait for. */
export function takeOver(db: Database, { guestId, customerId }: IntegrationData['account.signed-in.v1']): void {
  // The first one counts: a guest signs in once.
  db.run('INSERT OR IGNORE INTO customers VALUES (?, ?)', guestId, customerId);
  const ownerId = ownerOf(db, guestId);
  if (ownerId === guestId) return;
  db.run(
    `DELETE FROM notification WHERE shopper_id = ?1 AND EXISTS
       (SELECT 1 FROM notification AS o WHERE o.shopper_id = ?2 AND o.key = notification.key
          AND o.position > notification.position)`,
    ...[guestId, ownerId],
  );
  for (const table of ['notification', 'watch'])
    db.run(`UPDATE OR REPLACE ${table} SET shopper_id = ? WHERE shopper_id = ?`, ownerId, guestId);
}
