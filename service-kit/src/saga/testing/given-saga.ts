import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { parseSagaCommandId } from '../command-id.ts';
import { decideSaga } from '../decide.ts';
import type { SagaInput } from '../decide.ts';
import type { Saga } from '../definition.ts';
import type { SagaAct, SagaEvent, SagaSend } from '../saga-event.ts';
import type { SagaState, SagaStatus } from '../state.ts';

/** A command that is expected: its type, or type and data. */
export type ExpectedCommand = string | { readonly type: string; readonly data: unknown };

/** A saga in a test: told things one by one, and looked at in between. Each `then` looks at what the last `when` led to. */
export interface GivenSaga {
  readonly state: SagaState;
  /** Every command sent so far, in order. */
  readonly commands: readonly SagaSend[];
  /**
   * A reply comes.
   * @param to id of the command that it answers. @default the last one sent
   */
  whenReply(type: string, data?: unknown, to?: string): GivenSaga;
  /** Time passes. */
  whenTime(ms: number): GivenSaga;
  /** Time passes until the saga has waited long enough for what it waits for. */
  whenDue(): GivenSaga;
  /** An operator acts. */
  whenAct(act: SagaAct, why?: string): GivenSaga;
  /** The commands that this led to, all of them, in order. */
  thenCommands(...expected: readonly ExpectedCommand[]): GivenSaga;
  /** The saga's own events that this led to, by name. */
  thenEvents(...expected: readonly SagaEvent['name'][]): GivenSaga;
  /** Where the saga stands, and why. */
  thenState(status: SagaStatus, reason?: string): GivenSaga;
  thenData(data: unknown): GivenSaga;
}

/**
 * A saga that has begun with this data, without any I/O: virtual time, no log.
 * Given a `definition`, `thenCommands`, `thenState` and the others throw an `AssertionError` when it does otherwise.
 */
export function givenSaga(definition: Saga, data: unknown, id = 'saga-1'): GivenSaga {
  const commands: SagaSend[] = [];
  let now = Date.parse('2026-01-01T00:00:00Z');
  let replies = 0;
  let state: SagaState | undefined;
  let last: readonly (SagaEvent | SagaSend)[] = [];

  const tell = (input: SagaInput) => {
    const decision = decideSaga(definition, state, input, now);
    state = decision.state;
    last = decision.events;
    commands.push(...last.filter((event) => event.name === 'command'));
    return given;
  };
  const given: GivenSaga = {
    get state() {
      return state!;
    },
    commands,
    whenReply(type, reply = {}, to = commands.at(-1)?.id) {
      const command = parseSagaCommandId(to);
      if (command === undefined) throw new TypeError(`"${to}" is not the id of a command`);
      replies++;
      const place = { id: `reply-${replies}`, type, stream: 'replies', subject: 'replies.one', position: replies };
      return tell({ kind: 'reply', to: command, type, data: reply, place });
    },
    whenTime(ms) {
      now += ms;
      return tell({ kind: 'due' });
    },
    whenDue() {
      now = Math.max(now, state?.wait?.dueAt ?? now);
      return tell({ kind: 'due' });
    },
    whenAct: (act, why = 'a test') => tell({ kind: 'act', act, who: 'tester', why }),
    thenCommands(...expected) {
      const sent = last.filter((event) => event.name === 'command');
      const seen = sent.map(({ type, data: content }, index) =>
        typeof expected[index] === 'object' ? { type, data: content } : type,
      );
      deepStrictEqual(seen, expected);
      return given;
    },
    thenEvents(...expected) {
      deepStrictEqual(
        last.flatMap(({ name }) => (name === 'command' ? [] : [name])),
        expected,
      );
      return given;
    },
    thenState(status, reason) {
      strictEqual(state?.status, status);
      if (reason !== undefined) strictEqual(state.parked?.reason ?? state.reason, reason);
      return given;
    },
    thenData(expected) {
      deepStrictEqual(state?.data, expected);
      return given;
    },
  };
  return tell({ kind: 'start', id, data });
}
