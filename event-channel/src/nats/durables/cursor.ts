import type { HandlerErrorListener } from '../../log/handler-error.ts';
import type { ConsumerLog, CursorOptions, LogCursor } from '../../log/log-cursor.ts';
import type { Signal } from '../../log/signal.ts';
import type { Recorded, StreamName, SubjectFilter } from '../../port.ts';
import { eventsOf, sequenceOf } from '../commit-message.ts';
import type { Reader } from '../reader.ts';
import type { Streams } from '../streams.ts';

export interface RemoteLogDeps {
  readonly reader: Reader;
  readonly streams: Streams;
  /** A stream was written to by this process. */
  readonly grown: Signal<StreamName>;
  readonly onHandlerError: HandlerErrorListener;
}

/** How often a filtered reader at rest asks whether the log has moved on without it. */
const lookEveryMs = 1_000;
/** And how often at most, when this process writes. */
const lookAgainMs = 50;

/** The log on a server, as one consumer reads it. */
export function remoteLog(
  deps: RemoteLogDeps,
  { stream, filter }: { readonly stream: StreamName; readonly filter: SubjectFilter },
): ConsumerLog {
  return {
    page: (subject, from, to, limit) => deps.reader.page(subject, from, to, limit),
    cursor: (options) => createRemoteCursor(deps, stream, filter, options),
  };
}

function createRemoteCursor(
  { reader, streams, grown, onHandlerError }: RemoteLogDeps,
  stream: StreamName,
  filter: SubjectFilter,
  { from, resume, passedOver }: CursorOptions,
): LogCursor {
  const pull = reader.open(filter, from);
  let position = from;
  let events: readonly Recorded[] = [];
  let index = 0;
  let drained: (() => void) | undefined;
  let stopped = false;
  let wanted = false;
  let resting: NodeJS.Timeout | undefined;

  const stopListening = filter === `${stream}.>` ? () => {} : watchTheRest();
  pullOn().catch((error: unknown) => onHandlerError(error, { subject: filter, name: 'log' }));

  return {
    get position() {
      return position;
    },
    next() {
      const recorded = events[index];
      if (!recorded) return undefined;
      index++;
      position = recorded.position + 1;
      if (index === events.length) drained?.();
      return recorded;
    },
    stop() {
      stopped = true;
      stopListening();
      pull.close();
      drained?.();
    },
  };

  async function pullOn(): Promise<void> {
    while (!stopped) {
      const messages = await pull.next();
      events = messages.flatMap((message) => eventsOf(stream, message)).filter((one) => one.position >= position);
      index = 0;
      if (events.length === 0) continue;
      const taken = new Promise<void>((resolve) => (drained = resolve));
      resume();
      await taken;
    }
  }

  /** Events that do not match are never sent here, and yet they are passed: who waits for a position must get there. */
  function watchTheRest(): () => void {
    const timer = setInterval(look, lookEveryMs);
    const stop = grown.listen(stream, look);
    return () => {
      clearInterval(timer);
      clearTimeout(resting);
      stop();
    };
  }

  function look(): void {
    wanted = true;
    if (resting || stopped) return;
    wanted = false;
    // Busy until it is answered, and then for a while.
    resting = setTimeout(rested, lookEveryMs);
    passOver()
      .catch(() => undefined)
      .finally(() => {
        clearTimeout(resting);
        if (!stopped) resting = setTimeout(rested, lookAgainMs);
      });
  }

  function rested(): void {
    resting = undefined;
    if (wanted) look();
  }

  async function passOver(): Promise<void> {
    const [before, end] = [position, await streams.lastPosition(stream)];
    if (end < before || index < events.length) return;
    const match = await streams.next(stream, filter, sequenceOf(before));
    if (stopped || match !== null || position !== before || index < events.length) return;
    position = end + 1;
    passedOver();
  }
}
