import { Invalid, NotFound } from '@souk/service-kit';
import type { DeploymentLog, PastState } from './deployment-log.ts';
import { liveSets } from './domain/live-together.ts';
import type { LiveSet } from './domain/live-together.ts';

/** An event of the log. */
export interface LogPlace {
  readonly position: number;
  /** ISO 8601 UTC. */
  readonly time: string;
}

/** From an event up to the one that ended it; without an end it is so still. */
export interface Period {
  readonly from: LogPlace;
  readonly to?: LogPlace;
}

/** What was live together, and when. */
export interface LiveTogether {
  /** What was asked for. */
  readonly at: { readonly deployment: string } | { readonly position: number } | { readonly time: string };
  /** Of a deployment id the one set that it names, else each that some session could get at that moment. */
  readonly sets: readonly LiveSet[];
  /** When sessions could get just these; a set may come back. */
  readonly periods: readonly Period[];
}

type PastLog = Pick<DeploymentLog, 'replay'>;

/**
 * What was live together: of a deployment id (12 hex digits, as a page and its reports carry it), at a position of the log, or
 * at a time. All from the log, so it is known of any time and after any restart.
 * @throws {Invalid} it is none of these
 * @throws {NotFound} no set of versions that was live has this id
 */
export const liveTogether = async (log: PastLog, at: string): Promise<LiveTogether> => {
  if (/^[0-9a-f]{12}$/.test(at)) return ofDeployment(log, at);
  if (/^\d{1,15}$/.test(at)) {
    const position = Number(at);
    return atMoment(log, { position }, (place) => place.position <= position);
  }
  const ms = /^\d{4}-\d\d-\d\d/.test(at) ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new Invalid(
      'no-moment',
      'a deployment id (12 hex digits), a position of the log, or a time as 2026-11-23T12:00:00Z',
    );
  }
  const time = new Date(ms).toISOString();
  return atMoment(log, { time }, (place) => place.time <= time);
};

const ofDeployment = async (log: PastLog, deployment: string): Promise<LiveTogether> => {
  const periods: Period[] = [];
  let found: LiveSet | undefined;
  for await (const { deployments, position, time } of log.replay()) {
    const set = liveSets(deployments).find(({ id }) => id === deployment);
    const last = periods.at(-1);
    const isOpen = last !== undefined && last.to === undefined;
    if (set && !isOpen) periods.push({ from: { position, time } });
    else if (!set && isOpen) periods[periods.length - 1] = { ...last, to: { position, time } };
    found ??= set;
  }
  if (found) return { at: { deployment }, sets: [found], periods };
  throw new NotFound(
    'no-such-deployment',
    'no versions that were live together have this id; a page with the override of a developer has one of its own',
  );
};

const atMoment = async (
  log: PastLog,
  at: LiveTogether['at'],
  isBefore: (place: LogPlace) => boolean,
): Promise<LiveTogether> => {
  let then: PastState | undefined;
  for await (const state of log.replay()) {
    if (isBefore(state)) then = state;
    else if (then)
      return { at, sets: liveSets(then.deployments), periods: [{ from: placeOf(then), to: placeOf(state) }] };
    else break;
  }
  return { at, sets: then ? liveSets(then.deployments) : [], periods: then ? [{ from: placeOf(then) }] : [] };
};

const placeOf = ({ position, time }: PastState): LogPlace => ({ position, time });
