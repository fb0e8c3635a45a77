import type { EventChannel, Position, StreamName, SubjectFilter } from '@souk/event-channel';
import type { Registry } from 'prom-client';
import type { CloudEventInput } from '../cloud-event.ts';
import type { Follower } from '../follower.ts';
import type { Logger } from '../logger.ts';
import type { Cause } from '../trace.ts';
import type { Projection } from '../projection.ts';
import type { Reactor } from '../reactor.ts';
import type { Database } from '../sqlite.ts';
import type { Saga } from './definition.ts';
import type { SagaChange } from './saga-book.ts';
import type { SagaAct } from './saga-event.ts';
import type { SagaDocument } from './saga-schemas.ts';
import type { SagaCounts, SagaQuery, SagaSummary } from './saga-table.ts';
import type { SagaState } from './state.ts';

/** Where replies come from. */
export interface SagaReplies {
  readonly stream: StreamName;
  /** @default everything in the stream */
  readonly filter?: SubjectFilter;
}

export interface SagasOptions {
  /** The backend and owner of the events: `cart` for `cart.saga-started.v1`. One runner per owner and database. */
  readonly name: string;
  /** Sagas have the subjects `<stream>.saga.<id>`. @default the owner */
  readonly stream?: StreamName;
  readonly channel: EventChannel;
  readonly db: Database;
  /** Made by `defineSaga`; several versions of one name may live at once, and the highest is started. */
  readonly definitions: readonly Saga[];
  readonly replies: readonly SagaReplies[];
  readonly log?: Logger;
  readonly clock?: () => Date;
  /** Told of each commit of a saga once it is durable; lost with a crash at this moment: for pushing, not for deciding. */
  readonly onChange?: (change: SagaChange) => void;
}

export interface SagaStart {
  /** Name of a definition. */
  readonly definition: string;
  /** Letters, digits, `_`, `-`; 200 at most. The same id again starts nothing. */
  readonly id: string;
  /** What the definition says its data is, as JSON. */
  readonly data: unknown;
  /** What brought this about. */
  readonly cause?: CloudEventInput<string, unknown>['cause'];
}

export interface SagaOperatorAct {
  readonly act: SagaAct;
  /** Id of the person. */
  readonly who: string;
  readonly why: string;
  /** What shows that it is so, for `resolve`. */
  readonly evidence?: string;
  /** The request that it came by; its trace is that of the act and of what it sends. */
  readonly cause?: Cause;
  /** The revision that the person saw; when the saga has moved on, the act is refused. */
  readonly revision?: number;
}

/** One saga, now. */
export interface SagaNow {
  readonly state: SagaState;
  readonly revision: number;
  readonly acts: readonly SagaAct[];
}

/** Sagas of one owner, running. */
export interface Sagas extends Follower {
  readonly definitions: readonly Saga[];
  /** The read model behind `list` and `counts`; for a backend's `projections`. */
  readonly projection: Projection;
  /** What takes the replies in; for those who look after dead letters. */
  readonly reactors: readonly Reactor[];
  /**
   * Begins a saga; with an id that is taken it begins nothing, whatever the data. Durable when it resolves.
   * @throws {TypeError} no such definition, or an id that is none
   */
  start(start: SagaStart): Promise<{ readonly position: Position; readonly begun: boolean }>;
  /** @throws {NotFound} */
  get(id: string): Promise<SagaNow>;
  /**
   * One saga with everything that happened to it, from the log.
   * @throws {NotFound}
   */
  describe(id: string): Promise<SagaDocument>;
  list(query: SagaQuery): { readonly total: number; readonly sagas: readonly SagaSummary[] };
  counts(): SagaCounts;
  /**
   * What a person does about a parked saga.
   * @throws {NotFound}
   * @throws {Conflict} `saga-moved-on`: it is not at the revision that was seen; `act-not-possible`
   */
  act(id: string, act: SagaOperatorAct): Promise<{ readonly position: Position }>;
  /** Counts in this registry from now on. `addSagaRoutes` does it. */
  countIn(registry: Registry): void;
  /** Takes no more replies, ends the timer, waits for what is at hand. Idempotent. */
  close(): Promise<void>;
}
