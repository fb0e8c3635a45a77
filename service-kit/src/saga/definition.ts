/** What a step sends: the type of the command's event, and its data as JSON. */
export interface SagaCommand {
  readonly type: string;
  readonly data: unknown;
}

/** How often something is tried, and how long one waits in between. */
export interface SagaRetry {
  /** Attempts in all, the first one included. */
  readonly maxAttempts: number;
  /** Waits before attempt 2, 3, …; the last one repeats, none means at once. Milliseconds. */
  readonly backoffMs: readonly number[];
}

/** Why a step was refused. */
export interface SagaRefusal {
  /** For people and for the end of the saga: `card-declined`. */
  readonly reason: string;
  /** More about it, as JSON. */
  readonly details?: unknown;
}

/** What undoes a step. When its attempts are used up the saga parks and waits for a person. */
export interface SagaCompensation<In, Out = In> {
  readonly command: (data: In) => SagaCommand;
  /** Reply types that mean it is undone, each with what it adds to the saga's data. */
  readonly succeeds: Readonly<Record<string, (data: In, reply: never) => Out>>;
  /** Reply types that mean it could not be undone this time; it is tried again. */
  readonly fails?: Readonly<Record<string, (data: In, reply: never) => SagaRefusal>>;
  /** Without a reply in this time it counts as failed, this time. Milliseconds. */
  readonly timeoutMs: number;
  readonly retry: SagaRetry;
}

/** One transaction of one service, as seen from the saga: a command goes out, a reply comes back. */
export interface SagaStep<In, Out = In> {
  /** `authorize-payment`; letters, digits, `_`, `-`; unique in its saga. */
  readonly name: string;
  readonly command: (data: In) => SagaCommand;
  /** Reply types that mean success, each with what it adds to the saga's data. */
  readonly succeeds: Readonly<Record<string, (data: In, reply: never) => Out>>;
  /** Reply types that mean a definite refusal: it has not happened and will not; compensation begins. */
  readonly fails: Readonly<Record<string, (data: In, reply: never) => SagaRefusal>>;
  /** Without a reply in this time the command is sent again. Milliseconds. */
  readonly timeoutMs: number;
  /** After timeouts. With the attempts used up the step has failed. */
  readonly retry: SagaRetry;
  /**
   * What becomes of a step without any answer, which may have happened all the same: `compensate` undoes it with the
   * others, `leave` undoes it only when its success turns up late. @default 'compensate'
   */
  readonly onTimeout?: 'compensate' | 'leave';
  readonly compensation?: SagaCompensation<In, Out>;
}

/**
 * A saga: steps that run one after another, and what undoes them. Functions are pure: same data and reply, same result.
 * Never change one that is in use; give it the next version, and run both until the old sagas are done.
 */
export interface SagaDefinition<In, Out = In> {
  /** `checkout`. */
  readonly name: string;
  /** 1, 2, …; pinned in the first event of each saga. */
  readonly version: number;
  readonly steps: readonly SagaStep<In, Out>[];
}

/** A checked definition, whatever its data. */
export type Saga = SagaDefinition<never, unknown>;

/** A definition cannot work: the message says what to change. */
export class InvalidSaga extends Error {
  readonly code = 'invalid-saga';
  constructor(name: string, why: string) {
    super(`saga "${name}" ${why}`);
    this.name = 'InvalidSaga';
  }
}

const TOKEN = /^[A-Za-z0-9_-]+$/;

/**
 * Checks a definition; data and replies are typed from each other.
 * @throws {InvalidSaga}
 */
export function defineSaga<Data>(definition: SagaDefinition<Data>): Saga {
  const { name, version, steps } = definition;
  const refuse = (why: string): never => {
    throw new InvalidSaga(name, why);
  };
  if (!TOKEN.test(name)) refuse('needs a name of letters, digits, "_" and "-"');
  if (!Number.isInteger(version) || version < 1) refuse('needs a version: 1, 2, …');
  if (steps.length === 0) refuse('has no steps');
  const names = new Set<string>();
  for (const step of steps) {
    if (!TOKEN.test(step.name)) refuse(`has a step "${step.name}"; names are letters, digits, "_" and "-"`);
    if (names.has(step.name)) refuse(`has two steps "${step.name}"`);
    names.add(step.name);
    for (const leg of [step, ...(step.compensation ? [step.compensation] : [])]) {
      const success = Object.keys(leg.succeeds);
      if (success.length === 0) refuse(`cannot succeed at "${step.name}": no reply means success`);
      const both = success.find((type) => Object.hasOwn(leg.fails ?? {}, type));
      if (both !== undefined) refuse(`takes "${both}" for success and failure of "${step.name}"`);
      if (!(leg.timeoutMs > 0)) refuse(`needs a timeout for "${step.name}"`);
      if (!Number.isInteger(leg.retry.maxAttempts) || leg.retry.maxAttempts < 1) refuse(`never tries "${step.name}"`);
    }
  }
  return definition as unknown as Saga;
}

/** Forward, or back. */
export type SagaLegKind = 'forward' | 'compensation';

/** What a leg of a step needs, forward or back. */
export type SagaLeg = Pick<SagaStep<never, unknown>, 'command' | 'succeeds' | 'timeoutMs' | 'retry'> & {
  readonly fails?: SagaStep<never, unknown>['fails'];
};

/** Step `name` of a definition, one way or the other. */
export function legOf(definition: Saga, name: string, kind: SagaLegKind): SagaLeg | undefined {
  const step = definition.steps.find((one) => one.name === name);
  return kind === 'forward' ? step : step?.compensation;
}
