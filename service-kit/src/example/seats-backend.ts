import { atLeast, commandHandler, Conflict, createApp, defineCommand } from '@souk/service-kit';
import { openDatabase, openOperations, projection, toBackend } from '@souk/service-kit';
import type { Backend, BackendOptions } from '@souk/service-kit';
import { Type } from 'typebox';

const Seat = Type.Object({ seat: Type.String({ pattern: '^[A-Z][0-9]{1,2}$' }) }, { additionalProperties: false });
const Booked = Type.Object({ seat: Type.String(), by: Type.String() });
const Bookings = Type.Object({ seats: Type.Array(Type.String()) });

/** The one declaration: route, schema, OpenAPI, waiting, operations and metrics follow from it. */
export const bookSeat = defineCommand({
  name: 'book-seat',
  summary: 'Book a seat',
  path: '/api/seats/bookings',
  body: Seat,
  stream: 'seats',
  type: 'seats.booking-asked.v1',
  toEvent: ({ body: { seat }, session }) => ({ subject: `seats.desk.${seat}`, data: { seat, by: session.shopperId } }),
  owner: ({ by }) => by,
  success: { 'seats.booked.v1': Booked },
  failure: { 'seats.booking-refused.v1': ({ why }: { why: string }) => new Conflict('seat-taken', why) },
});

/** Books seats: whoever asks waits for the event that answers, and reads the own write by its position. */
export async function createSeatsBackend(options: BackendOptions): Promise<Backend> {
  const { channel, dataDir, log, sessionSecret } = options;
  const db = openDatabase({
    file: `${dataDir}/seats.db`,
    migrations: ['CREATE TABLE booking (seat TEXT PRIMARY KEY, by TEXT NOT NULL)'],
  });
  const bookings = projection({
    name: 'bookings',
    channel,
    db,
    log,
    stream: 'seats',
    tables: ['booking'],
    apply({ event }, into) {
      if (event.type !== 'seats.booked.v1') return;
      const { seat, by } = event.data as { seat: string; by: string };
      into.run('INSERT INTO booking (seat, by) VALUES (?, ?)', seat, by);
    },
  });
  // It may as well run in another process, or in another backend: both know nothing of each other but the events.
  const desk = commandHandler({
    name: 'seats-desk',
    channel,
    db,
    log,
    command: bookSeat,
    source: '/seats',
    answersOn: ({ data }) => [seatOf(data), `${seatOf(data)}.refusals`],
    // Together with the question, if the seat is free; else `handle` is asked.
    answerAtOnce: ({ data }) => ({ subject: seatOf(data), type: 'seats.booked.v1', data, expect: 'no-stream' }),
    async handle({ data }) {
      const subject = seatOf(data);
      for await (const { event } of channel.read(subject)) {
        const why = `${(event.data as { seat: string }).seat} is taken`;
        return { subject: `${subject}.refusals`, type: 'seats.booking-refused.v1', data: { why } };
      }
      return { subject, type: 'seats.booked.v1', data, expect: 'no-stream' };
    },
  });
  const operations = openOperations({ name: 'seats', channel, db, log, commands: [bookSeat] });
  const followers = [bookings, desk, operations.projection];
  const app = createApp({ name: 'seats', version: '1.0.0', log, sessionSecret, channel, followers });

  operations.addRoutes(app);
  const query = { preHandler: atLeast(bookings), schema: { response: { 200: Bookings } } };
  app.get('/api/seats/bookings', query, async ({ session }) => {
    const mine = db.all<{ seat: string }>('SELECT seat FROM booking WHERE by = ? ORDER BY seat', session.shopperId);
    return { seats: mine.map(({ seat }) => seat) };
  });

  return toBackend(app, {
    name: 'seats',
    projections: [bookings, operations.projection],
    reactors: [desk],
    opened: [db],
  });
}

function seatOf(data: unknown): string {
  return `seats.seat.${(data as { seat: string }).seat}`;
}
