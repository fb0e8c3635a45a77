import { createHash } from 'node:crypto';
import type { Versions } from '@souk/shell-registry';

/** What of one micro frontend may be on pages right now. */
export interface LiveVersions {
  readonly stable?: string | undefined;
  /** A version on trial; `percent` of the sessions get it, 0 to 100. */
  readonly canary?: { readonly version: string; readonly percent: number } | undefined;
}

/**
 * The versions that a session gets. A session's place depends on nothing but itself and the canary, so it gets the same
 * answer at every gateway and every time; a larger share only adds sessions. A new canary draws its sessions anew, so
 * that it is not always the same people who try things out.
 * @param sessionId the public name of the session
 */
export const chooseVersions = (live: Readonly<Record<string, LiveVersions>>, sessionId: string): Versions =>
  Object.fromEntries(
    Object.entries(live).flatMap(([name, { stable, canary }]) => {
      const isTrial = canary !== undefined && placeOf(sessionId, name, canary.version) < canary.percent;
      const version = isTrial ? canary.version : stable;
      return version === undefined ? [] : [[name, version]];
    }),
  );

/** Where a session stands among all sessions, from 0 to just below 100. */
const placeOf = (sessionId: string, name: string, version: string): number =>
  (createHash('sha256').update([sessionId, name, version].join('\n')).digest().readUInt32BE() / 2 ** 32) * 100;
