import type { EventChannel } from '@souk/event-channel';
import { Type } from 'typebox';
import { NotFound } from '../api-error.ts';
import type { SoukApp } from '../souk-app.ts';
import type { Logger } from '../logger.ts';
import type { Projection } from '../projection.ts';
import type { Database } from '../sqlite.ts';
import { commandMetrics } from './command-metrics.ts';
import type { CommandMetrics } from './command-metrics.ts';
import { commandRoute } from './command-route.ts';
import type { Command } from './command.ts';
import { handlerPresence } from './handler-presence.ts';
import { OperationSchema, describeOperation } from './operation-document.ts';
import { operationLog } from './operation-log.ts';
import type { LateAnswer } from './operation-log.ts';

export interface OperationsOptions {
  /** The backend: operations stand under `/api/<name>/operations/`, and commands have the source `/<name>`. */
  readonly name: string;
  readonly channel: EventChannel;
  readonly db: Database;
  readonly commands: readonly Command[];
  readonly log?: Logger;
  readonly clock?: () => Date;
  /**
   * Told of each answer that nobody waited for: because it was late, the caller went away or wanted no wait, or we were
   * restarted in between. At most once per answer, and lost with a crash at this moment: for pushing, not for deciding.
   */
  readonly onLate?: (late: LateAnswer) => void;
}

/** Commands that go over events. */
export interface Operations {
  /** Of commands and answers; for the app's `followers` and the backend's `projections`. */
  readonly projection: Projection;
  /** Adds the route of each command and that of their operations. */
  addRoutes(app: SoukApp): void;
}

const byOperation = Type.Object({ operationId: Type.String({ maxLength: 512 }) });
const preferences = Type.Object({
  prefer: Type.Optional(Type.String({ description: 'RFC 7240: `wait=SECONDS`, `respond-async`' })),
  'idempotency-key': Type.Optional(Type.String({ description: 'Same key, same body: same answer, and done once' })),
});

/**
 * Lets HTTP callers give commands that are done by whoever consumes them: a request appends the command's event and waits for
 * the event that answers it. Which operations there are and what became of them is a projection over the log, so neither a
 * crash here nor one of the handler loses an answer.
 * @throws {TypeError} two commands of different names share an event type
 */
export function openOperations(options: OperationsOptions): Operations {
  const { name, channel, db, commands, log, clock = () => new Date(), onLate } = options;
  let metrics: CommandMetrics | undefined;
  const operations = operationLog({
    ...{ channel, db, commands, clock },
    ...(log ? { log } : {}),
    onLate(late) {
      metrics?.late(late.command);
      onLate?.(late);
    },
  });
  const addressOf = (operationId: string) => `/api/${name}/operations/${operationId}`;

  return {
    projection: operations.projection,
    addRoutes(app) {
      const counted = commandMetrics(app.metricsRegistry, commands, (command) => operations.waiting.count(command));
      metrics = counted;
      app.closingSignal.addEventListener('abort', () => operations.waiting.stopAll());
      for (const command of commands) {
        const { method = 'POST', path: url, summary, body, params, preHandler, success, reply } = command;
        const results = reply === undefined ? Object.values(success) : [reply.body];
        const result = results.length === 1 ? results[0] : Type.Union([...results]);
        const response = { [reply?.status ?? 200]: result, 202: OperationSchema };
        const schema = { summary, headers: preferences, response, ...(body && { body }), ...(params && { params }) };
        const closing = app.closingSignal;
        const presence = handlerPresence(channel, command.type);
        app.addHook('onClose', () => presence.close());
        const deps = { channel, operations, metrics: counted, presence, source: `/${name}`, clock, addressOf, closing };
        app.route({ method, url, schema, ...(preHandler && { preHandler }), handler: commandRoute(command, deps) });
      }
      addOperationRoute(app);
    },
  };

  function addOperationRoute(app: SoukApp): void {
    const response = { 200: OperationSchema };
    const schema = { summary: 'What became of a command', params: byOperation, response };
    app.get(`/api/${name}/operations/:operationId`, { schema }, async (request, reply) => {
      const operation = operations.find(request.params.operationId);
      if (operation?.owner !== request.session.shopperId) throw new NotFound();
      reply.header('cache-control', 'private, no-store');
      const command = commands.find((one) => one.name === operation.command);
      if (operation.answer === undefined) reply.header('retry-after', '1');
      else reply.header('souk-position', String(operation.answer.position));
      const answer = operation.answer && (await operations.read(operation.answer));
      return describeOperation(operation, command, answer);
    });
  }
}
