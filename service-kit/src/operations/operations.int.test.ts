import type { EventChannel, Recorded } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cloudEvent } from '../cloud-event.ts';
import { reactor } from '../reactor.ts';
import { given, serve } from '../testing/index.ts';
import type { TestServer } from '../testing/index.ts';
import type { Command } from './command.ts';
import { announceHandler } from './handler-presence.ts';
import type { OperationDocument } from './operation-document.ts';
import type { LateAnswer } from './operation-log.ts';
import { handlerDatabase, openTill, raise, raiseHandler } from './testing/till.ts';

describe.each(['memory', 'sqlite'] as const)('commands over the %s channel', (adapter) => {
  let dataDir: string;
  let channel: EventChannel;
  let till: Awaited<ReturnType<typeof openTill>>;
  let server: TestServer;
  let late: LateAnswer[];
  let toClose: { close(): unknown }[];

  const openChannel = () =>
    adapter === 'memory' ? memoryChannel() : sqliteChannel({ file: join(dataDir, 'channel.db') });
  const start = async (...commands: Command[]) => {
    till = await openTill({ channel, dataDir, onLate: (one) => late.push(one), ...(commands.length && { commands }) });
    server = await serve(till);
  };
  const stop = async () => {
    await server.close();
    await till.close();
  };
  const handle = (gate?: Parameters<typeof raiseHandler>[1]) => {
    const db = handlerDatabase(dataDir);
    const handler = raiseHandler({ channel, db }, gate);
    toClose.push(db, handler);
    return handler;
  };
  /** A handler that answers nothing until it is let. */
  const hold = () => {
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const handler = handle(() => {
      begun.resolve();
      return gate.promise;
    });
    return { begun: begun.promise, letGo: gate.resolve, handler };
  };
  const post = (amount: number, headers: Record<string, string> = {}, init: object = {}) =>
    server.fetch('/api/till/raises', { method: 'POST', json: { amount }, headers, ...init });
  const operationAt = async (location: string | null): Promise<OperationDocument> =>
    (await (await server.fetch(location ?? '')).json()) as OperationDocument;
  const logged = async (type: string): Promise<Recorded[]> => {
    const events: Recorded[] = [];
    for await (const recorded of channel.read('till.>')) if (recorded.event.type === type) events.push(recorded);
    return events;
  };
  const metrics = async () => (await server.fetch('/api/till/metrics')).text();

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'souk-operations-'));
    [late, toClose] = [[], []];
    channel = openChannel();
    await start();
  });
  afterEach(async () => {
    await stop();
    for (const one of toClose.toReversed()) await one.close();
    await channel.close();
    rmSync(dataDir, { recursive: true });
  });

  describe('the answer in time', () => {
    test('is told, and shown by its operation, as soon as it is in the log, and is not offered as late', async () => {
      handle();
      const db = new DatabaseSync(join(dataDir, 'till.db'));
      db.exec(`CREATE TRIGGER refuse BEFORE INSERT ON souk_operation_answer BEGIN SELECT RAISE(ABORT, 'no'); END`);
      expect(await (await post(7)).json()).toEqual({ amount: 7 });
      const [asked] = await logged('till.raise-asked.v1');
      const operation = () => operationAt(`/api/till/operations/${asked?.event.id}`);
      expect(await operation()).toMatchObject({ status: 'succeeded', result: { amount: 7 } });
      db.exec('DROP TRIGGER refuse');
      db.close();
      await till.ready();
      expect(await operation()).toMatchObject({ status: 'succeeded' });
      expect(late).toEqual([]);
    });

    test('a success is a 200 with the data of the event, and its position', async () => {
      handle();
      const answer = await post(7);
      expect([answer.status, await answer.json()]).toEqual([200, { amount: 7 }]);
      const [event] = await logged('till.raised.v1');
      expect(answer.headers.get('souk-position')).toBe(String(event?.position));
      expect(late).toEqual([]);
    });

    test('a failure is the problem document that the declaration makes of the event', async () => {
      handle();
      const answer = await post(101);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        409,
        expect.stringContaining('application/problem+json'),
      ]);
      expect(await answer.json()).toMatchObject({ code: 'too-much', detail: 'at most 100', status: 409 });
    });

    test('conversation, cause and trace run from the request through command and answer', async () => {
      handle();
      const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
      await post(7, { 'x-request-id': 'request-1', traceparent: `00-${trace}-00f067aa0ba902b7-01` });
      const [asked, answered] = [await logged('till.raise-asked.v1'), await logged('till.raised.v1')];
      const [command, answer] = [asked[0]?.event, answered[0]?.event];
      expect(command).toMatchObject({ correlationid: 'request-1', causationid: 'request-1', source: '/till' });
      expect(answer).toMatchObject({ correlationid: 'request-1', causationid: command?.id });
      expect([command?.traceparent, answer?.traceparent]).toEqual(Array(2).fill(expect.stringContaining(trace)));
    });

    test('a hundred at one time get each its own', async () => {
      handle();
      const amounts = Array.from({ length: 100 }, (_, index) => index);
      const bodies = await Promise.all(amounts.map(async (amount) => (await post(amount)).json()));
      expect(bodies).toEqual(amounts.map((amount) => ({ amount })));
      expect(await logged('till.raise-asked.v1')).toHaveLength(100);
    });

    test('a wait that is asked for is told, with its bound', async () => {
      handle();
      const applied = async (prefer: string) => (await post(7, { prefer })).headers.get('preference-applied');
      expect(await applied('wait=10')).toBe('wait=10');
      expect(await applied('respond-async, wait=100')).toBe('wait=30');
      expect(await applied('handling=lenient')).toBeNull();
    });

    test('a command may have several routes, and say by itself what its caller gets', async () => {
      await stop();
      const body = Type.Object({ told: Type.String() });
      const said = ({ event }: Recorded) => ({ body: { told: event.type }, headers: { location: '/there' } });
      const reply = { status: 201, body, of: said } as const;
      const other = { ...raise, reply, method: 'PUT', path: '/api/till/raise' } as const;
      await start({ ...raise, reply }, other);
      handle();
      const put = await server.fetch('/api/till/raise', { method: 'PUT', json: { amount: 7 } });
      expect([put.status, put.headers.get('location'), await put.json()]).toEqual([
        ...[201, '/there'],
        { told: 'till.raised.v1' },
      ]);
      const posted = await post(7, { prefer: 'respond-async' });
      await vi.waitFor(async () =>
        expect(await operationAt(posted.headers.get('location'))).toMatchObject({ result: { told: 'till.raised.v1' } }),
      );
      expect((await post(101)).status).toBe(409);
    });

    test('two commands of different names cannot share an event type', async () => {
      await stop();
      await expect(start(raise, { ...raise, name: 'lift', path: '/api/till/lifts' })).rejects.toThrow(TypeError);
      await start();
    });

    test('a wrong body is refused before anything happens', async () => {
      handle();
      expect((await server.fetch('/api/till/raises', { method: 'POST', json: { amount: 'x' } })).status).toBe(400);
      expect(await channel.lastPosition('till')).toBe(0);
    });
  });

  describe('the answer that is late', () => {
    test.each([
      [7, { status: 'succeeded', result: { amount: 7 } }],
      [101, { status: 'failed', problem: { code: 'too-much', status: 409 } }],
    ])('for %i stands in the operation, and is offered to be pushed', async (amount, expected) => {
      await stop();
      await start({ ...raise, waitMs: 20 });
      const { letGo } = hold();
      const answer = await post(amount);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([202, '1']);
      const location = answer.headers.get('location');
      expect(location).toMatch(/^\/api\/till\/operations\/op_/);
      const pending = await operationAt(location);
      expect(pending).toEqual(await answer.json());
      expect(pending).toMatchObject({ command: 'raise', status: 'pending' });
      letGo();
      await vi.waitFor(() => expect(late).toHaveLength(1));
      expect(late[0]).toMatchObject({ operationId: pending.id, owner: 's_test', failed: amount > 100 });
      expect(await operationAt(location)).toMatchObject(expected);
      expect(await metrics()).toContain('souk_command_late_answers_total{command="raise",backend="till"} 1');
    });

    test('respond-async gets 202 at once', async () => {
      const { letGo } = hold();
      const answer = await post(7, { prefer: 'respond-async' });
      expect([answer.status, answer.headers.get('preference-applied')]).toEqual([202, 'respond-async']);
      letGo();
      await vi.waitFor(() => expect(late).toHaveLength(1));
    });

    test('is shown to nobody else', async () => {
      handle();
      const location = (await post(7, { prefer: 'respond-async' })).headers.get('location') ?? '';
      expect((await server.fetch(location, { as: { shopperId: 's_other' } })).status).toBe(404);
      expect((await server.fetch('/api/till/operations/op_x')).status).toBe(404);
    });

    test('comes also when the caller has gone away: the command happens', async () => {
      const { begun, letGo } = hold();
      const caller = new AbortController();
      const sent = post(7, {}, { signal: caller.signal });
      await begun;
      caller.abort();
      await expect(sent).rejects.toThrow();
      await vi.waitFor(async () => expect(await metrics()).toContain('outcome="gone"'));
      expect(await metrics()).toContain('souk_commands_waiting{command="raise",backend="till"} 0');
      letGo();
      await vi.waitFor(() => expect(late).toHaveLength(1));
      expect(await operationAt(`/api/till/operations/${late[0]?.operationId}`)).toMatchObject({ status: 'succeeded' });
    });

    test('a backend that closes keeps nobody waiting', async () => {
      const { begun, letGo } = hold();
      const sent = post(7, { prefer: 'wait=30' });
      await begun;
      const closed = till.close();
      expect((await sent).status).toBe(202);
      await closed;
      letGo();
    });
  });

  describe('nobody to answer, or too many who ask', () => {
    test('without a handler it is 503, and nothing has happened', async () => {
      const answer = await post(7, { prefer: 'wait=30' });
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await answer.json()).toMatchObject({ code: 'no-handler' });
      expect(await channel.lastPosition('till')).toBe(0);
    });

    test('a handler that has closed is none', async () => {
      const handler = handle();
      expect((await post(7)).status).toBe(200);
      await handler.close();
      expect((await post(7)).status).toBe(503);
    });

    test('a handler that went without a word is soon none', async () => {
      const present = channel.respond('souk-handlers.till.raise-asked.v1', 'handlers', async () => ({ data: null }));
      expect((await post(7, { prefer: 'respond-async' })).status).toBe(202);
      await present.close();
      await vi.waitFor(async () => expect((await post(7, { prefer: 'respond-async' })).status).toBe(503));
    });

    test('a handler that is there and too busy to say so is one', async () => {
      const busy = Promise.withResolvers<{ data: null }>();
      const mute = channel.respond('souk-handlers.till.raise-asked.v1', 'handlers', () => busy.promise);
      expect((await post(7, { prefer: 'respond-async' })).status).toBe(202);
      busy.resolve({ data: null });
      await mute.close();
    });

    test('more than the bound are refused at once, with nothing done for them', async () => {
      await stop();
      await start({ ...raise, maxWaiting: 2 });
      const { letGo } = hold();
      const sent = [post(1), post(2)];
      await vi.waitFor(async () => expect(await logged('till.raise-asked.v1')).toHaveLength(2));
      const refused = await post(3);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
      expect(await refused.json()).toMatchObject({ code: 'too-many-waiting' });
      expect((await post(4, { prefer: 'respond-async' })).status).toBe(202);
      letGo();
      expect((await Promise.all(sent)).map(({ status }) => status)).toEqual([200, 200]);
      expect(await logged('till.raise-asked.v1')).toHaveLength(3);
    });
  });

  describe('an Idempotency-Key', () => {
    const key = { 'idempotency-key': 'k1' };

    test.each([
      [7, 200],
      [101, 409],
    ])('gets the answer to %i again, and the command is done once', async (amount, status) => {
      handle();
      const [first, again] = [await post(amount, key), await post(amount, key)];
      expect([first.status, again.status]).toEqual([status, status]);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      const [one, other] = (await Promise.all([first.json(), again.json()])) as Record<string, unknown>[];
      expect({ ...other, instance: '' }).toEqual({ ...one, instance: '' });
      expect(await logged('till.raise-asked.v1')).toHaveLength(1);
    });

    test('is refused for another body, also while the first one runs', async () => {
      const { begun, letGo } = hold();
      const first = post(7, key);
      await begun;
      for (const running of [true, false]) {
        const other = await post(8, key);
        expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([
          422,
          'idempotency-key-reused',
        ]);
        if (!running) continue;
        letGo();
        expect((await first).status).toBe(200);
      }
    });

    test('says where the answer will be while the first one runs', async () => {
      const { begun, letGo } = hold();
      const first = post(7, key);
      await begun;
      const second = await post(7, key);
      expect([second.status, second.headers.get('retry-after')]).toEqual([409, '1']);
      const { code, operation } = (await second.json()) as { code: string; operation: string };
      expect([code, (await operationAt(operation)).status]).toEqual(['still-running', 'pending']);
      letGo();
      expect((await first).status).toBe(200);
    });

    test('sent twenty times at one time, it is done once', async () => {
      handle();
      const statuses = (await Promise.all(Array.from({ length: 20 }, () => post(7, key)))).map(({ status }) => status);
      expect(statuses.filter((status) => status !== 409 && status !== 200)).toEqual([]);
      expect(statuses).toContain(200);
      expect(await logged('till.raise-asked.v1')).toHaveLength(1);
    });

    test('may be tried again when nothing has happened', async () => {
      expect((await post(7, key)).status).toBe(503);
      handle();
      expect((await post(7, key)).status).toBe(200);
    });

    test('is each caller’s own, must be one, and may be demanded', async () => {
      handle();
      await post(7, key);
      expect((await post(8, key, { as: { shopperId: 's_other' } })).status).toBe(200);
      expect((await post(7, { 'idempotency-key': 'a b' })).status).toBe(400);
      await stop();
      await start({ ...raise, idempotencyKey: 'required' });
      expect((await post(7)).status).toBe(400);
      expect((await post(7, key)).headers.get('idempotency-replayed')).toBe('true');
    });
  });

  describe('an answer at the end of a conversation', () => {
    const viaBank: Command = {
      ...raise,
      answeredBy: 'correlation',
      answerStreams: ['bank'],
      success: { 'bank.paid.v1': Type.Unknown() },
      failure: {},
    };
    /** till.raise-asked → bank.checked → bank.paid: the command is not the direct cause of its answer. */
    const openBank = () => {
      const db = handlerDatabase(dataDir);
      const next = (type: string) => async (cause: Recorded) => {
        const event = cloudEvent({ type, source: '/bank', data: cause.event.data, cause });
        await channel.append(`bank.account.${type.split('.')[1]}`, [event], { expect: 'any' });
      };
      const [check, pay] = [next('bank.checked.v1'), next('bank.paid.v1')];
      toClose.push(
        db,
        reactor({ name: 'check', channel, db, stream: 'till', handle: check }),
        reactor({ name: 'pay', channel, db, stream: 'bank', filter: 'bank.account.checked', handle: pay }),
        announceHandler(channel, raise.type),
      );
    };

    test('is found in another stream, over several events', async () => {
      await stop();
      await start(viaBank);
      openBank();
      const answer = await post(7, { 'x-request-id': 'request-1' });
      expect([answer.status, await answer.json()]).toEqual([200, { by: 's_test', amount: 7 }]);
      expect((await logged('till.raise-asked.v1'))[0]?.event.correlationid).toBe('request-1');
    });

    test('is not mixed up when a caller uses a request id twice', async () => {
      await stop();
      await start(viaBank);
      openBank();
      const headers = { 'x-request-id': 'request-1' };
      const bodies = await Promise.all([1, 2, 3].map(async (amount) => (await post(amount, headers)).json()));
      expect(bodies).toMatchObject([{ amount: 1 }, { amount: 2 }, { amount: 3 }]);
    });
  });

  describe('what is known after a restart', () => {
    test('the answer that came in between, offered once, and the same for the same key', async () => {
      const key = { 'idempotency-key': 'k1', prefer: 'respond-async' };
      const { handler } = hold();
      const location = (await post(7, key)).headers.get('location');
      await till.ready();
      await stop();
      await handler.close();
      if (adapter === 'sqlite') {
        await channel.close();
        channel = openChannel();
      }
      const db = handlerDatabase(dataDir);
      toClose.push(db, raiseHandler({ channel, db }));
      await start();
      await vi.waitFor(() => expect(late).toHaveLength(1));
      expect(await operationAt(location)).toMatchObject({ status: 'succeeded', result: { amount: 7 } });
      const again = await post(7, key);
      expect([again.status, await again.json()]).toEqual([200, { amount: 7 }]);
      expect((await post(8, key)).status).toBe(422);
      expect(late).toHaveLength(1);
      expect(await logged('till.raise-asked.v1')).toHaveLength(1);
    });

    test('a key is known even while the operations are still being built anew', async () => {
      handle();
      const key = { 'idempotency-key': 'k1' };
      const many = Array.from({ length: 1000 }, (_, n) => ({ type: 'till.counted.v1', data: { n } }));
      for (const n of [1, 2, 3, 4]) await given(channel, `till.counter.${n}`, many);
      expect((await post(7, key)).status).toBe(200);
      await till.ready();
      till.drop();
      await stop();
      await start();
      expect((await post(8, key)).status).toBe(422);
      expect(await logged('till.raise-asked.v1')).toHaveLength(1);
    });

    test('all of it comes from the log: dropped and built anew it is the same, and no old answer is news', async () => {
      handle();
      await Promise.all([7, 101, 8].map((amount) => post(amount)));
      await till.ready();
      const before = till.dump();
      till.drop();
      await stop();
      await start();
      await till.ready();
      expect(till.dump()).toEqual(before);
      expect(late).toEqual([]);
    });
  });

  test('one declaration is also the OpenAPI document and the metrics', async () => {
    handle();
    await post(7);
    const document = (await (await server.fetch('/api/till/openapi.json')).json()) as {
      paths: Record<string, { post: { responses: object; parameters: { name: string }[]; summary: string } }>;
    };
    const route = document.paths['/api/till/raises']?.post;
    expect(route?.summary).toBe('Raise');
    expect(Object.keys(route?.responses ?? {})).toEqual(['200', '202', 'default']);
    expect(route?.parameters.map(({ name }) => name)).toEqual(['prefer', 'idempotency-key']);
    expect(Object.keys(document.paths)).toContain('/api/till/operations/{operationId}');
    expect(await metrics()).toContain(
      'souk_command_duration_seconds_count{backend="till",command="raise",outcome="succeeded"} 1',
    );
  });
});
