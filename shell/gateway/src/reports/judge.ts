import { oneSidedFisher } from './fisher.ts';

/** Sessions that told how a version did on their pages. A session counts once, whatever it tells. */
export interface SessionCounts {
  readonly sessions: number;
  /** Of these, sessions in which it did not even come up. */
  readonly startFailed: number;
  /** Of these, sessions in which it failed in any way. */
  readonly failed: number;
}

/** One way in which a canary is worse than the stable version. */
export interface Finding {
  readonly measure: 'start-up failures' | 'errors';
  readonly canary: Share;
  readonly stable: Share;
  /** Chance that two equally good versions differ so much. */
  readonly chance: number;
  /** Below this it counts. */
  readonly limit: number;
}

/** So many of so many sessions. */
export interface Share {
  readonly failed: number;
  readonly sessions: number;
}

/** Chance that a canary as good as the stable version is rolled back, over its whole life. */
export const falseAlarm = 0.01;
/** Neither version is judged by fewer sessions. */
export const fewestSessions = 8;
/** A difference that matters to nobody rolls nothing back, however certain it is. */
const leastExcess = 0.005;

/** After so many sessions of a canary it is looked at for the n-th time, from 0: 8, 12, 18, 27, … */
export const sessionsAtLook = (look: number): number => Math.ceil(fewestSessions * 1.5 ** look);

/**
 * Whether a canary fails in more sessions than the stable version, by more than chance. Fisher's exact test on each
 * measure; who looks again and again finds a difference in the end, so each look may use only its part of
 * {@link falseAlarm}: 6/π²n² of it at the n-th one, which adds up to the whole. Pure.
 * @param look how often this canary was looked at before
 */
export const judge = (canary: SessionCounts, stable: SessionCounts, look: number): readonly Finding[] => {
  if (canary.sessions < fewestSessions || stable.sessions < fewestSessions) return [];
  const limit = (falseAlarm / 2) * (6 / (Math.PI * (look + 1)) ** 2);
  const findings = measures.map(([measure, count]) => {
    const [tried, known] = [shareOf(canary, count), shareOf(stable, count)];
    return { measure, canary: tried, stable: known, chance: oneSidedFisher(tried, known), limit };
  });
  return findings.filter(({ canary: tried, stable: known, chance }) => {
    return chance < limit && tried.failed / tried.sessions - known.failed / known.sessions >= leastExcess;
  });
};

/** A finding in a sentence, with its numbers. */
export const sentenceOf = ({ measure, canary, stable, chance, limit }: Finding): string =>
  `${measure} in ${canary.failed} of ${canary.sessions} sessions with the canary, in ${stable.failed} of ` +
  `${stable.sessions} with the stable version (chance ${chance.toExponential(1)}, limit ${limit.toExponential(1)})`;

const measures = [
  ['start-up failures', 'startFailed'],
  ['errors', 'failed'],
] as const;

const shareOf = (counts: SessionCounts, count: 'startFailed' | 'failed'): Share => ({
  failed: counts[count],
  sessions: counts.sessions,
});
