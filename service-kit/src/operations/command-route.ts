import type { EventChannel, Recorded } from '@souk/event-channel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimited, Unavailable } from '../api-error.ts';
import { cloudEvent } from '../cloud-event.ts';
import { keyMissing, keyReused, readIdempotencyKey, stillRunning } from '../idempotency-key.ts';
import type { KeyedRequest } from '../idempotency-key.ts';
import { newId } from '../ids.ts';
import { saidOf } from './command.ts';
import type { Command, CommandInput } from './command.ts';
import type { CommandMetrics, Outcome } from './command-metrics.ts';
import type { HandlerPresence } from './handler-presence.ts';
import { describeOperation, failureOf } from './operation-document.ts';
import type { OperationLog } from './operation-log.ts';
import { commandTrail } from './operation-table.ts';
import type { Operation } from './operation-table.ts';
import { parsePrefer } from './prefer.ts';
import type { Waiter } from './waiting.ts';

export interface CommandRouteDeps {
  readonly channel: EventChannel;
  readonly operations: OperationLog;
  readonly metrics: CommandMetrics;
  readonly presence: HandlerPresence;
  /** CloudEvents source of the commands. */
  readonly source: string;
  readonly clock: () => Date;
  /** Address of an operation. */
  readonly addressOf: (operationId: string) => string;
  /** Aborts when nobody may wait any more. */
  readonly closing: AbortSignal;
}

const WAIT_DEFAULT_MS = 5000;
const MAX_WAIT_DEFAULT_MS = 30_000;
const MAX_WAITING_DEFAULT = 1000;
const ASK_AGAIN_MS = 1000;
const KEYED_PREFIX_CHARS = 35;

/** Answers the route of one command: sends it into the log, waits for its answer, and says where that will be when it is late. */
export function commandRoute(command: Command, deps: CommandRouteDeps) {
  const { channel, operations, metrics, presence, source, clock, addressOf, closing } = deps;
  const { name, maxWaiting = MAX_WAITING_DEFAULT } = command;

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    let outcome: Outcome = 'refused';
    try {
      const keyed = readIdempotencyKey(request);
      if (keyed === undefined && command.idempotencyKey === 'required') throw keyMissing();
      // What was begun before a restart must be known before we can say that nothing was.
      if (keyed !== undefined) await seenAll();
      const repeated = keyed === undefined ? undefined : earlier(keyed);
      if (repeated !== undefined) {
        outcome = 'repeated';
        return sendAnswer(reply.header('idempotency-replayed', 'true'), await operations.read(repeated));
      }

      const { waitMs, applied } = wish(command, request.headers['prefer']);
      if (waitMs > 0 && operations.waiting.count(name) >= maxWaiting) {
        outcome = 'too-many';
        const message = 'too many callers wait for this; nothing has happened';
        throw new RateLimited('too-many-waiting', message, { retryAfterMs: ASK_AGAIN_MS });
      }
      // Nothing is awaited between `earlier` and `begin`, so of two requests with the same key one is the first.
      const operation = operationOf(keyed === undefined ? newId('op') : keyedId(keyed), request);
      operations.begin(operation);
      const waiter = waitMs > 0 ? operations.waiting.add(name, operation.trail, waitMs) : undefined;
      try {
        if (!(await presence.isThere())) {
          outcome = 'no-handler';
          throw new Unavailable('no-handler', 'nobody can do this at the moment; nothing has happened');
        }
        await append(operation, request, waiter);
      } catch (error) {
        waiter?.stop();
        operations.giveUp(operation);
        throw error;
      }

      const answer = waiter === undefined ? undefined : await answerOrEnd(waiter, reply);
      if (answer === undefined) {
        outcome = reply.raw.destroyed ? 'gone' : 'accepted';
        return sendAccepted(reply, operation, applied);
      }
      outcome = failureOf(command, answer) === undefined ? 'succeeded' : 'failed';
      const heeded = applied.filter((preference) => preference !== 'respond-async');
      return sendAnswer(heeded.length === 0 ? reply : reply.header('preference-applied', heeded.join(', ')), answer);
    } finally {
      metrics.observe(name, outcome, reply.elapsedTime / 1000);
    }
  };

  async function seenAll(): Promise<void> {
    const { stream } = command;
    await operations.projection.waitFor(await channel.lastPosition(stream), { stream });
  }

  /** Where the answer is that this key got before. */
  function earlier(keyed: KeyedRequest): Operation['answer'] {
    const id = keyedId(keyed);
    const operation = operations.findByPrefix(id.slice(0, KEYED_PREFIX_CHARS));
    if (operation === undefined) return undefined;
    if (operation.id !== id) throw keyReused();
    if (operation.answer === undefined) throw stillRunning({ operation: addressOf(id) });
    return operation.answer;
  }

  function operationOf(id: string, request: FastifyRequest): Operation {
    const { correlationid } = request.cause;
    // A caller may use its request id twice; two commands of one kind in one conversation could not be told apart.
    const trail = command.answeredBy === 'correlation' && !operations.isTaken(name, correlationid) ? correlationid : id;
    return { id, command: name, trail, owner: request.session.shopperId, startedAt: clock().toISOString() };
  }

  async function append({ id, trail, startedAt }: Operation, request: FastifyRequest, waiter: Waiter | undefined) {
    const { body, params, session, cause } = request;
    const input = { body, params, session, operationId: id } as CommandInput<never, never>;
    const { subject, data, expect = 'any' } = await command.toEvent(input);
    const conversation = command.answeredBy === 'correlation' ? { ...cause, correlationid: trail } : cause;
    const event = cloudEvent({ type: command.type, source, data, cause: conversation, id, time: startedAt });
    const { duplicate } = await channel.append(subject, [event], { expect });
    // Another replica has begun it; it may have its answer already.
    if (!duplicate || waiter === undefined) return;
    const known = operations.find(id)?.answer;
    if (known) operations.waiting.deliver(name, commandTrail(command, event), await operations.read(known));
  }

  function answerOrEnd(waiter: Waiter, reply: FastifyReply): Promise<Recorded | undefined> {
    // `close` comes after a whole answer too; then nobody waits any more. The command happens in any case.
    reply.raw.once('close', waiter.stop);
    if (closing.aborted || reply.raw.destroyed) waiter.stop();
    return waiter.answer;
  }

  async function sendAccepted(reply: FastifyReply, operation: Operation, applied: readonly string[]) {
    const headers = {
      location: addressOf(operation.id),
      'retry-after': String(ASK_AGAIN_MS / 1000),
      ...(applied.length === 0 ? {} : { 'preference-applied': applied.join(', ') }),
    };
    return reply
      .code(202)
      .headers(headers)
      .send(await describeOperation(operation, command, undefined));
  }

  async function sendAnswer(reply: FastifyReply, answer: Recorded): Promise<FastifyReply> {
    const failure = failureOf(command, answer);
    if (failure !== undefined) throw failure;
    const { body, headers = {} } = await saidOf(command, answer);
    return reply
      .code(command.reply?.status ?? 200)
      .headers({ ...headers, 'souk-position': String(answer.position) })
      .send(body);
  }
}

/** How long to wait, and what of the caller's wishes that heeds. */
function wish(command: Command, header: string | readonly string[] | undefined) {
  const { waitMs: defaultMs = WAIT_DEFAULT_MS, maxWaitMs = MAX_WAIT_DEFAULT_MS } = command;
  const { respondAsync, waitMs: wanted } = parsePrefer(header);
  const waitMs = wanted === undefined ? (respondAsync ? 0 : defaultMs) : Math.min(wanted, maxWaitMs);
  const applied = [
    ...(respondAsync ? ['respond-async'] : []),
    ...(wanted === undefined ? [] : [`wait=${waitMs / 1000}`]),
  ];
  return { waitMs, applied };
}

/** The id tells caller, route and key in its first 35 characters and the content in the others: the log itself remembers both. */
function keyedId({ operationId, fingerprint }: KeyedRequest): string {
  return `op-${operationId.slice(0, KEYED_PREFIX_CHARS - 3)}${fingerprint.slice(0, 16)}`;
}
