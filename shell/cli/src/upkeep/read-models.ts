import type { StaffRequest } from '../shop/as-staff.ts';
import { eachBackend } from './each-backend.ts';

/** A read model of a backend. */
export interface ReadModel {
  readonly backend: string;
  readonly name: string;
  readonly caughtUp: boolean;
  /** What keeps it from going on. */
  readonly failing?: string;
  readonly streams: readonly { readonly stream: string; readonly position: number; readonly lag: number }[];
  /** The rebuild that runs, or the last one since the shop started. */
  readonly rebuild?: RebuildProgress;
}

/** A line of the answer to `POST /api/<backend>/projections/<name>/rebuild`. */
export interface RebuildProgress {
  readonly state: 'building' | 'rebuilt' | 'failed';
  /** Positions of the log, over all streams. */
  readonly done: number;
  readonly total: number;
  readonly events: number;
  readonly seconds: number;
  readonly swapMs?: number;
  readonly reason?: string;
}

/** All read models of the shop. @throws {CommandFailed} */
export async function readModelsOf(
  request: StaffRequest,
  url: string,
): Promise<{ readonly models: readonly ReadModel[]; readonly missing: readonly string[] }> {
  type Answer = { readonly projections: readonly Omit<ReadModel, 'backend'>[] };
  const { answers, missing } = await eachBackend<Answer>(request, url, 'projections');
  const models = [...answers].flatMap(([backend, { projections }]) =>
    projections.map((projection) => ({ backend, ...projection })),
  );
  return { models, missing };
}

const number = new Intl.NumberFormat('en-US');
const barWidth = 24;

/** One line: how far a rebuild is and how fast it goes. */
export function progressOf(what: string, { done, total, events, seconds }: RebuildProgress): string {
  const part = total === 0 ? 0 : Math.min(1, done / total);
  const filled = Math.round(part * barWidth);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}]`;
  return `${what} ${bar} ${Math.floor(100 * part)} % · ${count(events)} · ${rate(events, seconds)}`;
}

/** One line: what it came to. */
export function summaryOf(what: string, { events, seconds, swapMs }: RebuildProgress): string {
  const change = swapMs === undefined ? '' : `, changed over in ${swapMs} ms`;
  return `${what}: ${count(events)} in ${seconds.toFixed(2)} s (${rate(events, seconds)})${change}`;
}

function rate(events: number, seconds: number): string {
  return `${number.format(seconds === 0 ? 0 : Math.round(events / seconds))} events/s`;
}

function count(events: number): string {
  return `${number.format(events)} event${events === 1 ? '' : 's'}`;
}
