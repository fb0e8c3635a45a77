import { memoryChannel } from '@souk/event-channel/memory';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { toBackend } from '../backend.ts';
import type { Backend } from '../backend.ts';
import { TEST_SECRET, serve, testLog, untilEvent } from '../testing/index.ts';
import type { TestServer } from '../testing/index.ts';
import { addSagaRoutes } from './saga-routes.ts';
import type { SagaDefinitionDocument, SagaDocument, SagaListDocument } from './saga-schemas.ts';
import { hasEvent, openParticipants, openTrips } from './testing/travel.ts';
import type { Travel } from './testing/travel.ts';
import { tripOf } from './testing/trip.ts';

const staff = { shopperId: 'p_staff', roles: ['shopper', 'staff'] as const };
let dataDir: string;
let channel: ReturnType<typeof memoryChannel>;
let trips: Travel;
let backend: Backend;
let server: TestServer;
let participants: ReturnType<typeof openParticipants>;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'souk-saga-routes-'));
  channel = memoryChannel();
  trips = openTrips(channel, dataDir, { definitions: [tripOf(1, 60)] });
  const refuse = async (_: unknown, { sagaId }: { sagaId: string }) => ({
    ...{ subject: `bank.trip.${sagaId}`, events: [{ type: 'bank.refused.v1', data: { why: 'no money' } }] },
  });
  const other = { 'trips.payment-asked.v1': refuse, 'trips.room-cancelled.v1': null };
  participants = openParticipants(channel, dataDir, [], other);
  const { sagas } = trips;
  const options = { name: 'trips', version: '1.0.0', log: testLog, sessionSecret: TEST_SECRET, followers: [sagas] };
  const app = createApp(options);
  addSagaRoutes(app, 'trips', sagas);
  backend = await toBackend(app, { name: 'trips', projections: [sagas.projection], opened: [trips] });
  server = await serve(backend, TEST_SECRET, staff);
});
afterEach(async () => {
  await server.close();
  await backend.close();
  await participants.close();
  await channel.close();
  rmSync(dataDir, { recursive: true });
});

const read = async <Answer>(path: string): Promise<Answer> =>
  (await server.fetch(`/api/trips/${path}`)).json() as Answer;
/** Its payment is refused and the room cannot be given back. */
const park = async (id: string) => {
  const cause = { correlationid: 'c-1', traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01` };
  await trips.sagas.start({ definition: 'trip', id, data: { city: 'Rome' }, cause });
  const events = await untilEvent(channel, `trips.saga.${id}`, hasEvent('parked'));
  await trips.sagas.projection.waitFor(events.at(-1)!.position);
};
const act = (id: string, json: object) => server.fetch(`/api/trips/sagas/${id}/acts`, { method: 'POST', json });

test('only the staff sees and repairs sagas', async () => {
  for (const path of ['sagas', 'sagas/definitions', 'sagas/t1']) {
    expect((await server.fetch(`/api/trips/${path}`, { as: {} })).status).toBe(403);
    expect((await server.fetch(`/api/trips/${path}`, { as: null })).status).toBe(401);
  }
  const body = { method: 'POST', json: { act: 'retry', why: 'x', revision: 1 }, as: {} };
  expect((await server.fetch('/api/trips/sagas/t1/acts', body)).status).toBe(403);
});

test('the list has counts, filters and pages', async () => {
  await park('t1');
  await park('t2');
  const all = await read<SagaListDocument>('sagas');
  expect(all).toMatchObject({ counts: { parked: 2, running: 0 }, total: 2, page: 1, pageSize: 20 });
  expect(all.position).toBe(await channel.lastPosition('trips'));
  expect(all.sagas[0]).toMatchObject({ definition: 'trip', version: 1, state: 'parked', step: 'room', attempt: 2 });
  expect((await read<SagaListDocument>('sagas?pageSize=1&page=2')).sagas).toHaveLength(1);
  expect((await read<SagaListDocument>('sagas?q=t2')).sagas.map(({ id }) => id)).toEqual(['t2']);
  expect((await read<SagaListDocument>('sagas?state=completed&definition=trip')).total).toBe(0);
  expect((await server.fetch('/api/trips/sagas?pageSize=1000')).status).toBe(400);
});

test('one saga is shown with its steps, attempts, replies and timeline', async () => {
  await park('t1');
  const saga = await read<SagaDocument>('sagas/t1');
  expect(saga).toMatchObject({ id: 't1', state: 'parked', correlationId: 'c-1', traceId: '1'.repeat(32) });
  expect(saga.acts).toEqual(['retry', 'skip', 'resolve', 'resume']);
  expect(saga.next).toEqual({ what: 'Waits for an operator' });
  expect(saga.steps.map(({ name, state }) => [name, state])).toEqual([
    ['flight', 'succeeded'],
    ['room', 'parked'],
    ['pay', 'failed'],
  ]);
  expect(saga.steps[0]?.attempts[0]).toMatchObject({
    ...{ kind: 'forward', attempt: 1, round: 1, outcome: 'succeeded' },
    command: { id: 't1.flight.forward.1', type: 'trips.flight-asked.v1', data: { city: 'Rome' } },
    reply: { type: 'air.booked.v1', stream: 'air', data: { flight: 'flight of t1' } },
  });
  expect(saga.steps[1]?.attempts.map(({ kind, outcome }) => [kind, outcome])).toEqual([
    ['forward', 'succeeded'],
    ['compensation', 'timed-out'],
    ['compensation', 'timed-out'],
  ]);
  expect(saga.steps[2]?.attempts[0]).toMatchObject({ outcome: 'failed', reason: 'no money' });
  expect(saga.timeline.map(({ title }) => title)).toContain('Goes back: no money');
  expect(saga.definition.steps[0]).toEqual({ name: 'flight', timeoutMs: 60, maxAttempts: 2, compensation: true });
  expect((await server.fetch('/api/trips/sagas/t9')).status).toBe(404);
  expect((await server.fetch('/api/trips/sagas/a.b')).status).toBe(404);
  expect(await read<SagaDefinitionDocument[]>('sagas/definitions')).toEqual([saga.definition]);
});

test('an act is taken once, by its revision, and is in the timeline with who and why', async () => {
  await park('t1');
  const { revision } = await read<SagaDocument>('sagas/t1');
  expect((await act('t1', { act: 'resolve', why: 'phoned', revision })).status).toBe(400);
  expect((await act('t1', { act: 'retry', why: ' \n', revision })).status).toBe(400);
  expect((await act('t1', { act: 'resolve', why: 'phoned', evidence: ' ', revision })).status).toBe(400);
  const resolve = { act: 'resolve', why: 'phoned', evidence: 'mail of today', revision };
  const answer = await act('t1', resolve);
  expect(answer.status).toBe(200);
  const { position } = (await answer.json()) as { position: number };
  expect(answer.headers.get('souk-position')).toBe(String(position));
  const again = await act('t1', resolve);
  expect([again.status, await again.json()]).toEqual([409, expect.objectContaining({ code: 'saga-moved-on' })]);
  await untilEvent(channel, 'trips.saga.t1', hasEvent('ended'));
  const saga = await read<SagaDocument>('sagas/t1');
  expect(saga.timeline.find(({ who }) => who !== undefined)).toMatchObject({
    ...{ who: 'p_staff', why: 'phoned', title: 'Operator: resolve (mail of today)' },
  });
  expect(saga).toMatchObject({ state: 'failed', acts: [], endedAt: expect.any(String) });
  const late = await act('t1', { ...resolve, revision: saga.revision });
  expect([late.status, await late.json()]).toEqual([409, expect.objectContaining({ code: 'act-not-possible' })]);
  expect((await act('t9', resolve)).status).toBe(404);
});

test('an act, and what it sends, says by which request it came, in the conversation of the saga', async () => {
  await park('t1');
  const { revision } = await read<SagaDocument>('sagas/t1');
  const headers = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, 'x-request-id': 'r-12345678' };
  const json = { act: 'retry', why: 'the inn is back', revision };
  await server.fetch('/api/trips/sagas/t1/acts', { method: 'POST', json, headers });
  const events = await untilEvent(channel, 'trips.saga.t1', hasEvent('operator-acted'));
  const acted = events.findIndex(({ event }) => event.type === 'trips.saga-operator-acted.v1');
  for (const { event } of events.slice(acted, acted + 3)) {
    expect(event).toMatchObject({ correlationid: 'c-1', causationid: 'r-12345678' });
    expect(event.traceparent).toMatch(new RegExp(`^00-${'a'.repeat(32)}-`));
  }
});

test('what is parked is in metrics and in readyz', async () => {
  await park('t1');
  const metrics = await (await server.fetch('/api/trips/metrics')).text();
  expect(metrics).toContain('souk_saga_started_total{definition="trip",backend="trips"} 1');
  expect(metrics).toContain('souk_saga_parked{backend="trips"} 1');
  expect(metrics).toMatch(/souk_saga_oldest_pending_seconds{backend="trips"} 0\.\d+/);
  expect(metrics).toContain(
    'souk_saga_step_seconds_count{backend="trips",definition="trip",step="flight",kind="forward"} 1',
  );
  const ready = (await (await server.fetch('/api/trips/readyz')).json()) as { status: string; followers: object[] };
  expect(ready.status).toBe('degraded');
  expect(ready.followers[0]).toMatchObject({
    kind: 'sagas',
    sagas: { parked: 1, oldestPendingSeconds: expect.any(Number) },
  });
});
