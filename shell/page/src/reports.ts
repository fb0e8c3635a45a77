import type { Frontend } from './page-data.ts';

/** What the page tells the shop about its own health. */
export interface ReportsOptions {
  /** Id of the set of versions that this page is made of. */
  readonly deployment: string;
  readonly frontends: readonly Frontend[];
  readonly signal?: AbortSignal;
  /** @default a beacon to the gateway, which lives on when the page does not */
  readonly send?: (body: string) => void;
  /** How long things are gathered before they are told. @default 3_000 milliseconds */
  readonly gatherMs?: number;
}

/** Takes what is only known inside the page. */
export interface Reports {
  /** An element of this micro frontend stands, so long after its first module was asked for. The first time counts. */
  loaded(name: string, ms: number): void;
}

interface Entry {
  readonly name: string;
  readonly version: string;
  loadedMs?: number;
  failed?: string;
  events?: number;
}

/** A page tells no more often than this. */
const mostReports = 20;

/**
 * Tells how each micro frontend does: how long it took, which kind of failure, how many of its events passed. Few and
 * small beacons; nothing of what stands on the page, and no message of an error, which may hold somebody's data. A micro
 * frontend whose modules come from a developer's own server is left out.
 */
export const startReports = (options: ReportsOptions): Reports => {
  const { deployment, frontends, signal, send = beacon, gatherMs = 3_000 } = options;
  const versions = new Map(frontends.flatMap(({ name, version, dev }) => (dev ? [] : [[name, version] as const])));
  const loads = new Map<string, number>();
  const failures = new Set<string>();
  const events = new Map<string, number>();
  const loadsTold = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let count = 0;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const mfes = entries();
    for (const told of [loads, failures, events]) told.clear();
    if (mfes.length === 0 || count >= mostReports) return;
    count += 1;
    send(JSON.stringify({ deployment, mfes }));
  };
  const soon = (): void => {
    timer ??= setTimeout(flush, gatherMs);
  };

  const entries = (): Entry[] => {
    const byName = new Map<string, Entry>();
    const entry = (name: string): Entry => {
      const known = byName.get(name) ?? { name, version: versions.get(name)! };
      byName.set(name, known);
      return known;
    };
    for (const [name, ms] of loads) entry(name).loadedMs = ms;
    for (const [name, seen] of events) entry(name).events = seen;
    const more: Entry[] = [];
    for (const failure of failures) {
      const [name = '', failed = ''] = failure.split(' ');
      const first = entry(name);
      if (first.failed === undefined) first.failed = failed;
      else more.push({ name, version: first.version, failed });
    }
    return [...byName.values(), ...more];
  };

  for (const { name, emits = [] } of frontends) {
    const note = (): void => {
      if (versions.has(name)) events.set(name, (events.get(name) ?? 0) + 1);
    };
    for (const type of emits) window.addEventListener(type, note, { signal, capture: true });
  }
  window.addEventListener(
    'shell:mfe-failed',
    ({ detail: { name, phase } }) => {
      if (!versions.has(name)) return;
      failures.add(`${name} ${phase}`);
      soon();
    },
    { signal },
  );
  // The last moment that every browser gives a page.
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && flush(), { signal });
  window.addEventListener('pagehide', flush, { signal });
  signal?.addEventListener('abort', () => clearTimeout(timer));

  return {
    loaded: (name, ms) => {
      if (loadsTold.has(name) || !versions.has(name)) return;
      loadsTold.add(name);
      loads.set(name, Math.round(ms));
      soon();
    },
  };
};

const beacon = (body: string): void =>
  void navigator.sendBeacon('/registry/reports', new Blob([body], { type: 'application/json' }));
