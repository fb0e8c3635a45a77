import type { SessionCounts } from './judge.ts';
import type { FailureCode, MfeReport } from './report.ts';

/** How a version did lately. */
export interface Health extends SessionCounts {
  /** Failures by kind; one session may have several. */
  readonly failures: Readonly<Partial<Record<FailureCode, number>>>;
  /** Time until it stood, over the last loads; absent while nobody told. Milliseconds. */
  readonly loadedMs?: { readonly p50: number; readonly p95: number };
  /** Browser events of its own, for each session that told. */
  readonly eventsPerSession: number;
}

/** What sessions told of one version, over a sliding window. */
export interface Tally {
  /** Sessions that were ever counted, the forgotten ones included. */
  readonly ever: number;
  add(sessionId: string, report: MfeReport, nowMs: number): void;
  health(nowMs: number): Health;
}

interface Told {
  readonly firstMs: number;
  readonly failures: Set<FailureCode>;
  events: number;
}

/** A session is forgotten this long after it first told. */
export const windowMs = 60 * 60_000;
/** More sessions in a window say no more than these; the oldest is forgotten. */
const mostSessions = 20_000;
/** Loads that the percentiles are taken from. */
const mostLoads = 500;

export const createTally = (): Tally => {
  // In the order in which they first told, so the oldest come first.
  const sessions = new Map<string, Told>();
  const loads: { readonly atMs: number; readonly loadedMs: number }[] = [];
  let ever = 0;

  const forget = (nowMs: number) => {
    for (const [id, { firstMs }] of sessions) {
      if (firstMs > nowMs - windowMs && sessions.size <= mostSessions) break;
      sessions.delete(id);
    }
    while (loads.length > mostLoads || (loads[0] && loads[0].atMs <= nowMs - windowMs)) loads.shift();
  };

  return {
    get ever() {
      return ever;
    },
    add(sessionId, { loadedMs, failed, events = 0 }, nowMs) {
      let told = sessions.get(sessionId);
      if (!told) {
        told = { firstMs: nowMs, failures: new Set(), events: 0 };
        sessions.set(sessionId, told);
        ever++;
      }
      if (failed !== undefined) told.failures.add(failed);
      told.events += events;
      if (loadedMs !== undefined) loads.push({ atMs: nowMs, loadedMs });
      forget(nowMs);
    },
    health(nowMs) {
      forget(nowMs);
      const all = [...sessions.values()];
      const failures: Partial<Record<FailureCode, number>> = {};
      for (const { failures: codes } of all) for (const code of codes) failures[code] = (failures[code] ?? 0) + 1;
      const events = all.reduce((sum, told) => sum + told.events, 0);
      return {
        sessions: all.length,
        startFailed: all.filter((told) => told.failures.has('load') || told.failures.has('mount')).length,
        failed: all.filter((told) => told.failures.size > 0).length,
        failures,
        ...(loads.length > 0 && { loadedMs: percentiles(loads.map((load) => load.loadedMs)) }),
        eventsPerSession: all.length === 0 ? 0 : events / all.length,
      };
    },
  };
};

const percentiles = (values: number[]): { p50: number; p95: number } => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
};
