import { eventDropped, type EventDropped } from '@souk/shared-events/browser';
import { ownerOf } from '../faults.ts';
import type { Call, Entry, EntryKind } from './entry.ts';

/** What the watching needs. */
export interface WatchOptions {
  /** Names of the micro frontends. */
  readonly names: readonly string[];
  /** Called for each new entry, and again when something becomes known of it. */
  readonly onEntry: (entry: Entry) => void;
  /** Ends the watching: nothing of it stays. */
  readonly signal: AbortSignal;
}

/** Hears what passes, and lets others add to it. */
export interface EventWatch {
  /** An entry that was no event. */
  add(part: Pick<Entry, 'kind' | 'type' | 'detail' | 'sender'>): Entry;
  /** The entry that a call now sent by this micro frontend follows from. */
  causeOf(sender: string): Entry | undefined;
  /** Something about the entry became known. */
  changed(entry: Entry, call?: Call): void;
  /** What `action` dispatches counts as sent by the inspector. */
  asReplay(action: () => void): void;
}

/**
 * Notes every shared event that is dispatched. Listening would need the list of all types of every version on the page;
 * dispatching sees them all.
 */
export const watchEvents = ({ names, onEntry, signal }: WatchOptions): EventWatch => {
  /** Events whose listeners run right now, the innermost last. */
  const running: Entry[] = [];
  /** Requests that have no reply yet, by id. */
  const open = new Map<string, Entry>();
  const byDetail = new WeakMap<object, Entry>();
  let isReplay = false;
  let ids = 0;

  const add: EventWatch['add'] = (part) => {
    const entry: Entry = { id: ++ids, atMs: performance.now(), dropped: 0, calls: [], ...part };
    if (typeof part.detail === 'object' && part.detail !== null) byDetail.set(part.detail, entry);
    onEntry(entry);
    return entry;
  };
  const noteReply = (detail: Reply): void => {
    const asked = open.get(detail?.requestId ?? '');
    if (!asked) return;
    open.delete(detail.requestId);
    const text = detail.ok ? JSON.stringify(detail.value) : `${detail.error?.code}: ${detail.error?.message}`;
    asked.outcome = { ok: detail.ok, text: text ?? '', tookMs: performance.now() - asked.atMs };
    onEntry(asked);
  };
  const note = (target: EventTarget, event: CustomEvent): Entry => {
    const kind = kindOf(event);
    const sender = isReplay ? 'replay' : kind === 'push' ? 'push' : senderOf(target, names);
    const entry = add({ kind, type: event.type, detail: event.detail, sender });
    if (kind === 'request') open.set((event.detail as { requestId: string }).requestId, entry);
    if (kind === 'reply') noteReply(event.detail as Reply);
    return entry;
  };

  const { dispatchEvent } = EventTarget.prototype;
  const watched = function (this: EventTarget, event: Event): boolean {
    if (!(event instanceof CustomEvent) || !isShared(event.type)) return dispatchEvent.call(this, event);
    running.push(note(this ?? window, event));
    try {
      return dispatchEvent.call(this, event);
    } finally {
      running.pop();
    }
  };
  EventTarget.prototype.dispatchEvent = watched;
  signal.addEventListener('abort', () => {
    if (EventTarget.prototype.dispatchEvent === watched) EventTarget.prototype.dispatchEvent = dispatchEvent;
  });
  window.addEventListener(
    eventDropped,
    (event) => {
      const { type, detail } = (event as CustomEvent<EventDropped>).detail;
      const known = (typeof detail === 'object' && detail !== null && byDetail.get(detail)) || running.at(-1);
      const entry = known?.type === type ? known : add({ kind: 'retained', type, detail, sender: 'unknown' });
      entry.dropped += 1;
      onEntry(entry);
    },
    { signal },
  );

  return {
    add,
    causeOf: (sender) => running.at(-1) ?? [...open.values()].find((entry) => entry.type.startsWith(`${sender}:`)),
    changed: (entry) => onEntry(entry),
    asReplay: (action) => {
      isReplay = true;
      try {
        action();
      } finally {
        isReplay = false;
      }
    },
  };
};

interface Reply {
  readonly requestId: string;
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: { readonly code?: string; readonly message?: string };
}

const isShared = (type: string): boolean => /^(?!souk:)[a-z][a-z0-9]*:[a-z-]+(:reply)?$/.test(type);

/** An event made by its class carries its kind; one from the push stream, or a reply, is plain. */
const kindOf = (event: CustomEvent): EntryKind => {
  if (event.type.endsWith(':reply')) return 'reply';
  const { kind } = event.constructor as { kind?: EntryKind };
  if (kind) return kind;
  return event.cancelable ? 'request' : 'push';
};

/** The element that it was dispatched on says it; from the window, the code that did it. */
const senderOf = (target: EventTarget, names: readonly string[]): string => {
  for (let node: Node | null = target instanceof Node ? target : null; node; node = parentOf(node)) {
    const name = node instanceof HTMLElement ? node.dataset['mfe'] : undefined;
    if (name) return name;
  }
  return ownerOf(new Error('who'), '', names) ?? 'shell';
};

const parentOf = (node: Node): Node | null => node.parentNode ?? (node instanceof ShadowRoot ? node.host : null);
