import { requireStaff, type Database, type SoukApp } from '@souk/service-kit';
import { Type } from 'typebox';

const id = Type.Optional(Type.String({ minLength: 1, maxLength: 128 }));
const Search = Type.Object(
  { personId: id, conversationId: id },
  { additionalProperties: false, minProperties: 1, maxProperties: 1 },
);
const Persons = Type.Object({
  persons: Type.Array(Type.Object({ personId: Type.String(), messages: Type.Integer(), lastMessageAt: Type.String() })),
});

/** For the staff: whose conversation it is. */
export function addPersonRoutes(app: SoukApp, db: Database): void {
  const schema = { summary: 'Find a person by conversation or id (staff)', body: Search, response: { 200: Persons } };
  app.post('/api/chat/persons/search', { preHandler: requireStaff, schema }, async ({ body }, reply) => {
    reply.header('cache-control', 'no-store');
    const sql = `SELECT coalesce(customer_id, c.shopper_id) AS "personId", sum(c.last_seq) AS messages, max(i.last_at) AS "lastMessageAt"
      FROM conversation AS c JOIN inbox AS i USING (conversation_id) LEFT JOIN customers ON guest_id = c.shopper_id
      WHERE ?1 IN (customer_id, c.shopper_id) OR c.conversation_id = ?2 GROUP BY 1`;
    return { persons: db.all(sql, body.personId ?? null, body.conversationId ?? null) as [] };
  });
}
