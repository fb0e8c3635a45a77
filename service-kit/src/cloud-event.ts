import type { CloudEvent, Recorded } from '@souk/event-channel';
import { newId } from './ids.ts';
import type { Cause } from './trace.ts';

export interface CloudEventInput<Type extends string, Data> {
  /** `<owner>.<what>.v1` */
  readonly type: Type;
  /** `/<owner>` */
  readonly source: string;
  readonly data: Data;
  /** What brought this about: `request.cause`, or the event being handled. */
  readonly cause?: Recorded | CloudEvent | Cause;
  /** Give one when a retry must make the same event again. @default a new id */
  readonly id?: string;
  /** @default now */
  readonly time?: Date | string;
}

/** A CloudEvent with the trail of its cause: same conversation, same trace. Without a cause it begins a conversation. */
export function cloudEvent<Type extends string, Data>(input: CloudEventInput<Type, Data>): CloudEvent<Type, Data> {
  const id = input.id ?? newId('e');
  const cause = input.cause === undefined ? undefined : causeOf(input.cause);
  const time = input.time ?? new Date();
  return {
    specversion: '1.0',
    id,
    source: input.source,
    type: input.type,
    time: typeof time === 'string' ? time : time.toISOString(),
    datacontenttype: 'application/json',
    data: input.data,
    correlationid: cause?.correlationid ?? id,
    ...(cause?.causationid === undefined ? {} : { causationid: cause.causationid }),
    ...(cause?.traceparent === undefined ? {} : { traceparent: cause.traceparent }),
  };
}

/** The trail to hand on from an event, an event in the log, or a cause. */
export function causeOf(origin: Recorded | CloudEvent | Cause): Cause {
  if ('event' in origin) return causeOf(origin.event);
  if (!('specversion' in origin)) return origin;
  return { correlationid: origin.correlationid, causationid: origin.id, traceparent: origin.traceparent };
}
