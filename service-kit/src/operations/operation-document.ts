import type { Recorded } from '@souk/event-channel';
import { Type } from 'typebox';
import type { Static } from 'typebox';
import type { ApiError } from '../api-error.ts';
import { toProblem } from '../problem-details.ts';
import { saidOf } from './command.ts';
import type { Command } from './command.ts';
import type { Operation } from './operation-table.ts';

/** An operation as its resource shows it. */
export const OperationSchema = Type.Object({
  id: Type.String(),
  command: Type.String(),
  status: Type.Union([Type.Literal('pending'), Type.Literal('succeeded'), Type.Literal('failed')]),
  startedAt: Type.String({ description: 'ISO 8601, UTC' }),
  position: Type.Optional(Type.Integer({ description: 'Of the answer, in its stream' })),
  result: Type.Optional(Type.Unknown({ description: 'What the command answers; when it succeeded' })),
  problem: Type.Optional(Type.Unknown({ description: 'Problem document; when it failed' })),
});

/** An operation as its resource shows it. */
export type OperationDocument = Static<typeof OperationSchema>;

/**
 * The document of an operation.
 * @param answer its event, when there is one
 */
export async function describeOperation(
  operation: Operation,
  command: Command | undefined,
  answer: Recorded | undefined,
): Promise<OperationDocument> {
  const about = { id: operation.id, command: operation.command, startedAt: operation.startedAt };
  if (answer === undefined || command === undefined) return { ...about, status: 'pending' };
  const failure = failureOf(command, answer);
  const { position } = answer;
  return failure === undefined
    ? { ...about, status: 'succeeded', position, result: (await saidOf(command, answer)).body }
    : { ...about, status: 'failed', position, problem: toProblem(failure).problem };
}

/** The error that an answer means; `undefined` for a success. */
export function failureOf(command: Command, { event }: Recorded): ApiError | undefined {
  return command.failure?.[event.type]?.(event.data as never);
}
