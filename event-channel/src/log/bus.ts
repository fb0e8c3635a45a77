import { assertSubject, assertSubjectFilter } from '../assert-subject.ts';
import { ChannelClosed, NoResponders, RequestTimeout, ResponderFailed } from '../errors.ts';
import { subjectMatcher } from '../matches-filter.ts';
import type { EventChannel, Message, Subject, Subscription } from '../port.ts';
import type { HandlerErrorListener } from './handler-error.ts';

/** The ephemeral half of the channel, within one process. */
export interface Bus {
  publish: EventChannel['publish'];
  subscribe: EventChannel['subscribe'];
  request(subject: Subject, message: Message, timeoutMs: number): Promise<Message>;
  respond: EventChannel['respond'];
  close(): Promise<void>;
}

interface Listener {
  matches(subject: Subject): boolean;
  handler(message: Message, subject: Subject): void;
}

interface Responder {
  readonly handler: (message: Message) => Promise<Message>;
  readonly running: Set<Promise<unknown>>;
}

export function createBus(onHandlerError: HandlerErrorListener): Bus {
  const listeners = new Set<Listener>();
  /** By subject, then by group; the first of a group is next. */
  const responders = new Map<Subject, Map<string, Responder[]>>();
  const closed = new AbortController();

  return {
    publish(subject, message) {
      assertSubject(subject);
      const copy = copyOf(message);
      for (const listener of listeners)
        if (listener.matches(subject)) queueMicrotask(() => tell(listener, copy, subject));
    },
    subscribe(filter, handler) {
      assertSubjectFilter(filter);
      const listener = { matches: subjectMatcher(filter), handler };
      listeners.add(listener);
      return { close: async () => void listeners.delete(listener) };
    },
    async request(subject, message, timeoutMs) {
      assertSubject(subject);
      const asked = [...(responders.get(subject)?.values() ?? [])].map(takeTurn);
      if (asked.length === 0) throw new NoResponders(subject);
      return firstAnswer(asked, subject, copyOf(message), timeoutMs);
    },
    respond(subject, group, handler) {
      assertSubject(subject);
      return addResponder(subject, group, { handler, running: new Set() });
    },
    async close() {
      closed.abort();
      listeners.clear();
      const running = [...responders.values()].flatMap((groups) => [...groups.values()].flat()).map(finished);
      responders.clear();
      await Promise.all(running);
    },
  };

  function tell(listener: Listener, message: Message, subject: Subject): void {
    if (!listeners.has(listener)) return;
    try {
      listener.handler(message, subject);
    } catch (error) {
      onHandlerError(error, { subject, name: 'subscriber' });
    }
  }

  function addResponder(subject: Subject, group: string, responder: Responder): Subscription {
    const groups = responders.get(subject) ?? new Map<string, Responder[]>();
    responders.set(subject, groups);
    groups.set(group, [...(groups.get(group) ?? []), responder]);
    return {
      close() {
        const left = (groups.get(group) ?? []).filter((other) => other !== responder);
        if (left.length > 0) groups.set(group, left);
        else groups.delete(group);
        if (groups.size === 0 && responders.get(subject) === groups) responders.delete(subject);
        return finished(responder);
      },
    };
  }

  /** As on NATS: one responder of each group is asked, and the first answer counts. */
  function firstAnswer(asked: Responder[], subject: Subject, message: Message, timeoutMs: number): Promise<Message> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end(() => reject(new RequestTimeout(subject, timeoutMs))), timeoutMs);
      const abort = () => end(() => reject(new ChannelClosed()));
      const end = (act: () => void) => {
        clearTimeout(timer);
        closed.signal.removeEventListener('abort', abort);
        act();
      };
      closed.signal.addEventListener('abort', abort);
      for (const responder of asked) {
        answerOf(responder, message).then(
          (answer) => end(() => resolve(answer)),
          (cause) => end(() => reject(new ResponderFailed(subject, messageOf(cause), { cause }))),
        );
      }
    });
  }
}

/** The first of a group, which then goes to its end. */
function takeTurn(group: Responder[]): Responder {
  const responder = group.shift() as Responder;
  group.push(responder);
  return responder;
}

function answerOf({ handler, running }: Responder, message: Message): Promise<Message> {
  const answer = Promise.resolve(message).then(handler).then(copyOf);
  running.add(answer);
  const forget = () => void running.delete(answer);
  answer.then(forget, forget);
  return answer;
}

async function finished({ running }: Responder): Promise<void> {
  await Promise.allSettled(running);
}

/** Nobody shares an object with somebody else's handler, just as with a server in between. */
function copyOf(message: Message): Message {
  return JSON.parse(JSON.stringify(message));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
