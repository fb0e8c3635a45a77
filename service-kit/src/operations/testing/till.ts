import type { CloudEvent, EventChannel } from '@souk/event-channel';
import { Type } from 'typebox';
import { Conflict } from '../../api-error.ts';
import { createApp } from '../../app.ts';
import { toBackend } from '../../backend.ts';
import type { Backend } from '../../backend.ts';
import type { Reactor } from '../../reactor.ts';
import { openDatabase } from '../../sqlite.ts';
import { TEST_SECRET, testLog } from '../../testing/index.ts';
import { commandHandler } from '../command-handler.ts';
import type { CommandAnswer } from '../command-answer.ts';
import type { CommandHandlerOptions } from '../command-handler.ts';
import { defineCommand } from '../command.ts';
import type { Command } from '../command.ts';
import type { LateAnswer } from '../operation-log.ts';
import { openOperations } from '../operations.ts';

/** What a handler is asked in these tests. */
export interface Asked {
  readonly by: string;
  readonly amount: number;
}

/** A command of a till: amounts above 100 are refused. */
export const raise = defineCommand({
  name: 'raise',
  summary: 'Raise',
  path: '/api/till/raises',
  body: Type.Object({ amount: Type.Integer() }, { additionalProperties: false }),
  stream: 'till',
  type: 'till.raise-asked.v1',
  toEvent: ({ body: { amount }, session: { shopperId: by }, operationId }) => ({
    subject: `till.raise.${operationId}`,
    data: { by, amount },
  }),
  owner: ({ by }) => by,
  success: { 'till.raised.v1': Type.Object({ amount: Type.Integer() }) },
  failure: { 'till.raise-refused.v1': ({ why }: { why: string }) => new Conflict('too-much', why) },
});

/** Handles {@link raise} once `gate` resolves. */
export function raiseHandler(
  options: Pick<CommandHandlerOptions, 'channel' | 'db' | 'answerAtOnce'>,
  gate: (asked: Asked, signal: AbortSignal) => Promise<unknown> = async () => undefined,
): Reactor {
  return commandHandler({
    ...options,
    name: 'raise-handler',
    command: raise,
    source: '/bank',
    backoffMs: [1],
    answersOn: ({ id }) => [`till.raise.${id}`],
    async handle(command, { signal }) {
      const asked = command.data as Asked;
      const closed = new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('closing')));
      });
      await Promise.race([gate(asked, signal), closed]);
      return raised(command);
    },
  });
}

/** The answer to {@link raise}. */
export function raised({ id, data }: CloudEvent): CommandAnswer {
  const { amount } = data as Asked;
  const subject = `till.raise.${id}`;
  return amount > 100
    ? { subject, type: 'till.raise-refused.v1', data: { why: 'at most 100' } }
    : { subject, type: 'till.raised.v1', data: { amount } };
}

/** A backend that has commands and no handler. */
export async function openTill(options: {
  readonly channel: EventChannel;
  readonly dataDir: string;
  readonly commands?: readonly Command[];
  readonly onLate?: (late: LateAnswer) => void;
}): Promise<Backend & { readonly dump: () => unknown; readonly drop: () => void }> {
  const { channel, dataDir, commands = [raise], onLate } = options;
  const db = openDatabase({ file: `${dataDir}/till.db`, migrations: [] });
  const operations = openOperations({ name: 'till', channel, db, commands, log: testLog, ...(onLate && { onLate }) });
  const followers = [operations.projection];
  const app = createApp({
    ...{ name: 'till', version: '1', log: testLog, sessionSecret: TEST_SECRET, channel, followers },
  });
  operations.addRoutes(app);
  const backend = await toBackend(app, { name: 'till', projections: followers, opened: [db] });
  return {
    ...backend,
    dump: () => [db.all('SELECT * FROM souk_operation'), db.all('SELECT * FROM souk_operation_answer')],
    drop: () => db.exec('DELETE FROM souk_operation; DELETE FROM souk_operation_answer; DELETE FROM souk_checkpoint'),
  };
}

/** The database of a handler, which is not the till's. */
export function handlerDatabase(dataDir: string) {
  return openDatabase({ file: `${dataDir}/handler.db`, migrations: [] });
}
