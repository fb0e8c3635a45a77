import type { SagaLegKind } from './definition.ts';

/** What the id of a command tells. */
export interface SagaCommandId {
  readonly sagaId: string;
  readonly step: string;
  readonly kind: SagaLegKind;
  /** 1 at first; a step that was undone and is done again, because an operator resumed the saga, is in its next round. */
  readonly round: number;
  /** 1 at first. */
  readonly attempt: number;
}

const SAGA_ID = /^[A-Za-z0-9_-]{1,200}$/;
const COMMAND_ID = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.(forward|compensate)(\d*)\.(\d+)$/;

/** Whether it can be the id of a saga: a token of a subject, 200 characters at most. */
export function isSagaId(text: string): boolean {
  return SAGA_ID.test(text);
}

/** `<saga>.<step>.<forward|compensate>.<attempt>`, from round 2 on with its number after the kind. */
export function sagaCommandId({ sagaId, step, kind, round, attempt }: SagaCommandId): string {
  return `${sagaId}.${step}.${kind === 'forward' ? 'forward' : 'compensate'}${round > 1 ? round : ''}.${attempt}`;
}

/** The parts of a command's id; `undefined` for ids of anything else. */
export function parseSagaCommandId(id: string | undefined): SagaCommandId | undefined {
  const match = id === undefined ? null : COMMAND_ID.exec(id);
  if (match === null) return undefined;
  const [, sagaId = '', step = '', way, round, attempt] = match;
  const kind = way === 'forward' ? 'forward' : 'compensation';
  return { sagaId, step, kind, round: Number(round) || 1, attempt: Number(attempt) };
}

/**
 * The idempotency key of a command: the same for every attempt at one effect. What was done under it must not be done
 * again. @throws {TypeError} not the id of a saga's command
 */
export function effectKey(commandId: string): string {
  const end = commandId.lastIndexOf('.');
  if (end < 0) throw new TypeError(`"${commandId}" is not the id of a saga's command`);
  return commandId.slice(0, end);
}
