/** Which browser events the micro frontend sends and takes. */
export interface ContractUse {
  readonly emits: readonly string[];
  /** Events that its backend sends to the page over the push stream. */
  readonly pushes?: readonly string[];
  readonly listens: readonly string[];
  /** Requests it sends. */
  readonly requests: readonly string[];
  /** Requests it answers: event type → the entry that answers, loaded when nobody has taken the request. */
  readonly handles: Readonly<Record<string, string>>;
}

/** JSON Schema of a detail, a payload or a reply, as data. */
export type ContractSchema = Readonly<Record<string, unknown>>;

/** One event of the contract that a micro frontend is built with, as `@souk/shared-events/browser/contract` lists it. */
export interface ContractEntry {
  readonly event: { readonly type: string; readonly kind: 'fact' | 'state' | 'request' };
  /** Of the detail; of a request's payload. */
  readonly schema: ContractSchema;
  /** Only of a request. */
  readonly replySchema?: ContractSchema;
}

/** A request with what goes to its handler and what comes back. */
export interface BuiltRequest {
  readonly payload: ContractSchema;
  readonly reply: ContractSchema;
}

/** A request that is answered, and by which entry. */
export interface BuiltHandler extends BuiltRequest {
  readonly entry: string;
}

/** {@link ContractUse} with the schemas that the build was made with: event type → JSON Schema. */
export interface BuiltContract {
  readonly emits: Readonly<Record<string, ContractSchema>>;
  readonly pushes: Readonly<Record<string, ContractSchema>>;
  readonly listens: Readonly<Record<string, ContractSchema>>;
  readonly requests: Readonly<Record<string, BuiltRequest>>;
  readonly handles: Readonly<Record<string, BuiltHandler>>;
}
