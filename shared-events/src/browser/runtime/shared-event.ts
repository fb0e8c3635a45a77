import { frozenCopy } from './frozen-copy.ts';

/** Says whether a value keeps a schema; generated ahead of time, so no `eval` at run time. */
export type Guard = (value: unknown) => boolean;

/** What the class of a fact or a state carries besides its constructor. */
export interface SharedEventClass<Detail> {
  readonly type: string;
  readonly kind: 'fact' | 'state';
  /** The micro frontend (or the shell) that owns the meaning of this event. */
  readonly owner: string;
  readonly is: Guard;
  new (detail: Detail): SharedEvent<Detail>;
}

/** What the class of a request carries besides its constructor. */
export interface RequestEventClass<Payload, Reply> {
  readonly type: string;
  readonly kind: 'request';
  readonly owner: string;
  readonly is: Guard;
  readonly isReply: Guard;
  new (payload: Payload): RequestEvent<Payload, Reply>;
}

/** A fact or a state. The detail is a frozen copy: no listener can change what the next one sees. */
export class SharedEvent<Detail> extends CustomEvent<Detail> {
  /** Only for the type checker: tells it from a request. */
  declare readonly detailType: Detail;

  constructor(detail: Detail) {
    super(typeOf(new.target), { bubbles: true, composed: true, detail: frozenCopy(detail) });
  }
}

/** What a request is on the wire: the payload keeps the schema, the id brings the reply back to its asker. */
export interface RequestDetail<Payload> {
  readonly requestId: string;
  readonly payload: Payload;
}

/** A request. Whoever handles it takes it by `preventDefault()`. Send it with `ask`. */
export class RequestEvent<Payload, Reply> extends CustomEvent<RequestDetail<Payload>> {
  /** Only for the type checker: what the handler answers. */
  declare readonly replyType: Reply;

  constructor(payload: Payload) {
    const detail = frozenCopy({ requestId: newRequestId(), payload });
    super(typeOf(new.target), { bubbles: true, composed: true, cancelable: true, detail });
  }
}

function typeOf(eventClass: object): string {
  return (eventClass as { readonly type: string }).type;
}

/** `crypto.randomUUID` is missing on plain http outside of localhost. */
function newRequestId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
