import { defineSaga } from '../definition.ts';
import type { Saga } from '../definition.ts';

/** What a trip knows of itself. */
export interface Trip {
  readonly city: string;
  readonly flight?: string;
  readonly room?: string;
}

const retry = { maxAttempts: 2, backoffMs: [100] };

/** Three steps for tests: book a flight, book a room, pay. The last one cannot be undone. */
export const trip: Saga = tripOf(1);

export function tripOf(version: number, timeoutMs = 1000): Saga {
  return defineSaga<Trip>({
    name: 'trip',
    version,
    steps: [
      {
        name: 'flight',
        command: ({ city }) => ({ type: 'trips.flight-asked.v1', data: { city } }),
        succeeds: { 'air.booked.v1': (data, { flight }: { flight: string }) => ({ ...data, flight }) },
        fails: { 'air.refused.v1': (_data, { why }: { why: string }) => ({ reason: why }) },
        ...{ timeoutMs, retry },
        compensation: {
          command: ({ flight }) => ({ type: 'trips.flight-cancelled.v1', data: { flight: flight ?? null } }),
          succeeds: { 'air.cancelled.v1': (data) => data },
          ...{ timeoutMs, retry },
        },
      },
      {
        name: 'room',
        command: ({ city }) => ({ type: 'trips.room-asked.v1', data: { city } }),
        succeeds: { 'inn.booked.v1': (data, { room }: { room: string }) => ({ ...data, room }) },
        fails: { 'inn.refused.v1': (_data, { why }: { why: string }) => ({ reason: why }) },
        ...{ timeoutMs, retry },
        compensation: {
          command: ({ room }) => ({ type: 'trips.room-cancelled.v1', data: { room: room ?? null } }),
          succeeds: { 'inn.cancelled.v1': (data) => data },
          fails: { 'inn.cancel-refused.v1': () => ({ reason: 'refused' }) },
          ...{ timeoutMs, retry },
        },
      },
      {
        name: 'pay',
        command: ({ flight, room }) => ({ type: 'trips.payment-asked.v1', data: { flight, room } }),
        succeeds: { 'bank.paid.v1': (data) => data },
        fails: { 'bank.refused.v1': (_data, { why }: { why: string }) => ({ reason: why }) },
        ...{ timeoutMs, retry },
      },
    ],
  });
}
