import type { CloudEvent, EventChannel, Recorded, Revision, Subject } from '@souk/event-channel';
import { cloudEvent } from '../cloud-event.ts';
import type { Cause } from '../trace.ts';
import { sagaEventName, sagaEventType } from './saga-event.ts';
import type { SagaEvent, SagaSend } from './saga-event.ts';
import { evolveSaga } from './state.ts';
import type { SagaState } from './state.ts';

/** A saga as the log has it. */
export interface LoggedSaga {
  readonly state: SagaState;
  /** Of its subject, to decide against. */
  readonly revision: Revision;
  /** Conversation and trace that it began in. */
  readonly trail: Cause;
}

/** Sagas of one owner in one stream. */
export interface SagaLog {
  subjectOf(id: string): Subject;
  /** @returns `undefined`: there is no such saga */
  load(id: string): Promise<LoggedSaga | undefined>;
  /** A saga's own event in an event of the log; `undefined` for commands and everything else. */
  read(event: CloudEvent): SagaEvent | undefined;
  /** Events as they go into the log. */
  envelope(events: readonly (SagaEvent | SagaSend)[], cause: Cause, firstId?: string): CloudEvent[];
}

/** @param owner first token of the event types; the source is `/<owner>` */
export function sagaLog(channel: EventChannel, owner: string, stream: string): SagaLog {
  const prefix = `${stream}.saga.`;
  const source = `/${owner}`;
  const read = ({ type, time, data }: CloudEvent): SagaEvent | undefined => {
    const name = sagaEventName(owner, type);
    return name === undefined ? undefined : ({ name, at: Date.parse(time), data } as SagaEvent);
  };

  return {
    subjectOf: (id) => prefix + id,
    async load(id) {
      let state: SagaState | undefined;
      let last: Recorded | undefined;
      let trail: Cause | undefined;
      for await (const recorded of channel.read(prefix + id)) {
        last = recorded;
        trail ??= trailOf(recorded.event);
        const event = read(recorded.event);
        if (event !== undefined) state = evolveSaga(state, event, id);
      }
      if (state === undefined || last === undefined || trail === undefined) return undefined;
      return { state, revision: last.position, trail };
    },
    read,
    envelope: (events, cause, firstId) =>
      events.map((event, index) => {
        const time = new Date(event.at).toISOString();
        const about = { source, cause, time, data: event.data };
        if (event.name === 'command') return cloudEvent({ ...about, type: event.type, id: event.id });
        const id = index === 0 && firstId !== undefined ? { id: firstId } : {};
        return cloudEvent({ ...about, ...id, type: sagaEventType(owner, event.name) });
      }),
  };
}

/** What later events of a saga have in common with its first. */
export function trailOf({ correlationid, traceparent }: CloudEvent): Cause {
  return { correlationid, ...(traceparent === undefined ? {} : { traceparent }) };
}
