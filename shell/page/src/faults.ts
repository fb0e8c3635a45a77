import { emit, ShellMfeFailed, type ShellMfeFailedDetail } from '@souk/shared-events/browser';

/** In which part of its life a micro frontend failed. */
export type Phase = ShellMfeFailedDetail['phase'];

/** A place that can show that its micro frontend failed. */
export interface FaultyPlace {
  readonly name: string;
  /** `phase` absent = the place knows best in which part of its life it is. */
  fault(error: unknown, phase?: Phase): void;
}

/** Finds out whose fault an uncaught error is. */
export interface Faults {
  /** From now on the place hears of the faults of its micro frontend. Returns the undo. */
  watch(place: FaultyPlace): () => void;
  /** Runs an action; whatever it throws or the browser reports meanwhile is the place's fault. */
  blame(place: FaultyPlace, action: () => void): void;
  /** Every place of a micro frontend failed; it is told to the page even if there is no such place. */
  fail(name: string, phase: Phase | undefined, error: unknown): void;
}

/** Listens to uncaught errors and rejections until `signal` aborts. */
export const createFaults = (names: readonly string[], { signal }: { signal?: AbortSignal } = {}): Faults => {
  const places = new Set<FaultyPlace>();
  let blamed: FaultyPlace | undefined;

  const receive = (error: unknown, filename = ''): void => {
    if ((error as Error | null)?.name === 'AbortError') return;
    if (blamed) return blamed.fault(error);
    const name = ownerOf(error, filename, names);
    if (name) fail(name, undefined, error);
  };

  const fail = (name: string, phase: Phase | undefined, error: unknown): void => {
    const hit = [...places].filter((place) => place.name === name);
    for (const place of hit) place.fault(error, phase);
    if (hit.length === 0) reportFailure({ name, phase: phase ?? 'handler', message: messageOf(error) });
  };

  // Capturing: nobody on the page can keep an error from the wall by stopping the event.
  window.addEventListener('error', (event) => receive(event.error ?? event.message, event.filename), {
    signal,
    capture: true,
  });
  window.addEventListener('unhandledrejection', (event) => receive(event.reason), { signal, capture: true });

  return {
    watch: (place) => {
      places.add(place);
      return () => places.delete(place);
    },
    blame: (place, action) => {
      blamed = place;
      try {
        action();
      } catch (error) {
        place.fault(error);
      } finally {
        blamed = undefined;
      }
    },
    fail,
  };
};

/** Tells the page that a micro frontend failed. */
export const reportFailure = (detail: ShellMfeFailedDetail): void =>
  emit(window, new ShellMfeFailed({ ...detail, message: detail.message.slice(0, 2000) }));

/** The text of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * The micro frontend whose script comes first in the error's stack. The message counts too: a chunk that could not be
 * fetched appears only there.
 */
export const ownerOf = (error: unknown, filename: string, names: readonly string[]): string | undefined => {
  const { stack = '', message = '' } = (error ?? {}) as { stack?: string; message?: string };
  for (const [, name] of `${stack}\n${message}\n${filename}`.matchAll(assetOf)) {
    if (name && names.includes(name)) return name;
  }
  return undefined;
};

const assetOf = /\/assets\/(?:retry-\d+\/)?([a-z0-9-]+)\//g;
