import { memoryChannel } from '@souk/event-channel/memory';
import { defineSaga, openDatabase, openSagas, sagaParticipant } from '@souk/service-kit';
import type { Sagas } from '@souk/service-kit';
import { untilEvent } from '@souk/service-kit/testing';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportTraces } from './export-traces.ts';

interface OtlpSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

/** A collector, as far as we need one. */
let collector: Server;
let spans: OtlpSpan[];
let paths: string[];
beforeEach(async () => {
  [spans, paths] = [[], []];
  collector = createServer((request, response) => {
    paths.push(request.url ?? '');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString());
      for (const { scopeSpans } of resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  collector.closeAllConnections();
  collector.close();
});

const step = (name: string) => ({
  name,
  command: () => ({ type: `demo.${name}-asked.v1`, data: {} }),
  succeeds: { [`demo.${name}-done.v1`]: (data: object) => data },
  fails: { [`demo.${name}-refused.v1`]: () => ({ reason: 'no' }) },
  timeoutMs: 5000,
  retry: { maxAttempts: 1, backoffMs: [] },
});
const undo = { ...step('first-undo'), fails: undefined };
const demo = defineSaga<object>({
  name: 'demo',
  version: 1,
  steps: [{ ...step('first'), compensation: undo }, step('second')],
});

test('a saga is a span in the trace it began in, and each step, forward and back, one beneath it', async () => {
  const traces = exportTraces(`http://127.0.0.1:${(collector.address() as AddressInfo).port}`);
  const channel = memoryChannel();
  const db = openDatabase({ file: ':memory:', migrations: [] });
  const sagas: Sagas = openSagas({ name: 'demo', channel, db, definitions: [demo], replies: [{ stream: 'replies' }] });
  const answer = (type: string) => async () => ({ subject: 'replies.all', events: [{ type, data: {} }] });
  const participant = sagaParticipant({
    ...{ name: 'replies-demo', channel, db, stream: 'demo', source: '/replies' },
    commands: {
      'demo.first-asked.v1': answer('demo.first-done.v1'),
      'demo.first-undo-asked.v1': answer('demo.first-undo-done.v1'),
      'demo.second-asked.v1': answer('demo.second-refused.v1'),
    },
  });

  const [traceId, parent] = ['a'.repeat(32), 'b'.repeat(16)];
  const cause = { correlationid: 'c', traceparent: `00-${traceId}-${parent}-00` };
  await sagas.start({ definition: 'demo', id: 's1', data: {}, cause });
  await untilEvent(channel, 'demo.saga.s1', ({ event }) => event.type === 'demo.saga-ended.v1');
  await participant.close();
  await sagas.close();
  await traces.close();
  db.close();
  await channel.close();

  expect(new Set(paths)).toEqual(new Set(['/v1/traces']));
  const saga = spans.find(({ name }) => name === 'demo');
  expect(saga).toMatchObject({ traceId, parentSpanId: parent });
  expect(saga?.attributes).toContainEqual({ key: 'saga.id', value: { stringValue: 's1' } });
  const steps = spans.filter(({ name }) => name !== 'demo');
  expect(steps.map(({ name }) => name)).toEqual(['first', 'second', 'undo first']);
  for (const one of steps) expect(one).toMatchObject({ traceId, parentSpanId: saga?.spanId });
});
