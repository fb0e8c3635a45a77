import type { Recorded } from '@souk/event-channel';
import type { Database } from '@souk/service-kit';
import type { IntegrationData } from '@souk/shared-events/integration';

/** Table of this projection: which guest turned out to be which customer. */
export const customersSchema = `
  CREATE TABLE customers (guest_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX guests_by_customer ON customers (customer_id);`;

/** Keeps what sign-ins say. The first one counts: a guest signs in once. */
export function projectSignIn({ event }: Recorded, db: Database): void {
  if (event.type !== 'account.signed-in.v1') return;
  const { guestId, customerId } = event.data as IntegrationData['account.signed-in.v1'];
  db.run('INSERT OR IGNORE INTO customers VALUES (?, ?)', guestId, customerId);
}

/** Whose something is that a shopper left behind: the customer's whom the shopper turned out to be, else their own. */
export function ownerOf(db: Database, shopperId: string): string {
  const sql = 'SELECT customer_id AS id FROM customers WHERE guest_id = ?';
  return db.get<{ id: string }>(sql, shopperId)?.id ?? shopperId;
}
