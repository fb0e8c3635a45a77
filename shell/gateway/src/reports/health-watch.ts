import type { EventChannel } from '@souk/event-channel';
import { cloudEvent } from '@souk/service-kit';
import type { Logger } from '@souk/service-kit';
import { liveVersions } from '@souk/shell-registry';
import type { Registry } from '@souk/shell-registry';
import { subjects } from '@souk/shared-events/integration';
import { judge, sentenceOf, sessionsAtLook } from './judge.ts';
import type { MfeReport, PageReport } from './report.ts';
import { createTally } from './tally.ts';
import type { Health, Tally } from './tally.ts';

/** How one live version does. */
export interface VersionHealth extends Health {
  readonly name: string;
  readonly version: string;
  readonly role: 'stable' | 'canary';
}

/** Counts what pages tell, at whichever gateway, and ends a canary that does worse than the stable version. */
export interface HealthWatch {
  /** Takes what a page of this session told, for all gateways on the channel. */
  take(sessionId: string, report: PageReport): void;
  /** How each live version does, by name; the stable one first. */
  health(): readonly VersionHealth[];
  /** Canaries that were rolled back by this process, or by another at the same moment and told by this one. */
  readonly rolledBack: number;
  close(): Promise<void>;
}

export interface HealthWatchOptions {
  readonly channel: EventChannel;
  readonly registry: Registry;
  readonly log: Logger;
  readonly clock: () => Date;
}

interface Told {
  readonly sessionId: string;
  readonly mfes: readonly MfeReport[];
}

const subject = 'shell.reports';

/** Only versions that are live are counted; each canary begins with nothing. */
export const watchHealth = ({ channel, registry, log, clock }: HealthWatchOptions): HealthWatch => {
  const tallies = new Map<string, { readonly tally: Tally; looks: number }>();
  let rolledBack = 0;

  const live = (): ReadonlySet<string> =>
    new Set(
      Object.values(registry.deployments()).flatMap((mfe) =>
        liveVersions(mfe).map((version) => keyOf(mfe.name, version)),
      ),
    );
  const entryOf = (key: string) => {
    const known = tallies.get(key) ?? { tally: createTally(), looks: 0 };
    tallies.set(key, known);
    return known;
  };
  const healthOf = (name: string, version: string): Health => entryOf(keyOf(name, version)).tally.health(nowMs());
  const nowMs = () => clock().getTime();

  const count = ({ sessionId, mfes }: Told): void => {
    const known = live();
    const counted = mfes.filter(({ name, version }) => known.has(keyOf(name, version)));
    for (const report of counted) entryOf(keyOf(report.name, report.version)).tally.add(sessionId, report, nowMs());
    for (const { name, version } of counted) void lookAt(name, version);
  };

  const lookAt = async (name: string, version: string): Promise<void> => {
    const { stable, canary } = registry.deployments()[name] ?? {};
    if (canary?.version !== version || stable === undefined) return;
    const entry = entryOf(keyOf(name, version));
    if (entry.tally.ever < sessionsAtLook(entry.looks)) return;
    const findings = judge(healthOf(name, version), healthOf(name, stable), entry.looks);
    entry.looks++;
    if (findings.length === 0) return;
    const reason = findings.map(sentenceOf).join('; ');
    try {
      await registry.change(name, { kind: 'roll-back', from: version, by: 'automatic', reason });
      // Each gateway counts and decides; the log takes one rollback, and the staff hear of it once.
      const position = await rollbackOf(name, version);
      if (position === undefined || (await tellStaff(name, version, reason, position)).duplicate) return;
      rolledBack++;
      log.warn({ mfe: name, version, stable, findings }, 'rolled back by itself: the canary does worse');
    } catch (err) {
      log.error({ err, mfe: name, version }, 'a canary that does worse could not be rolled back');
    }
  };

  /** Position of the last rollback from a version, when nobody but a gateway has done it. */
  const rollbackOf = async (name: string, version: string): Promise<number | undefined> => {
    let found: number | undefined;
    for await (const { position, event } of channel.read(subjects.mfe(name))) {
      const { from, by } = event.data as { from?: string; by?: string };
      if (event.type === 'shell.mfe-rolled-back.v1' && from === version)
        found = by === 'automatic' ? position : undefined;
    }
    return found;
  };

  const tellStaff = (name: string, version: string, reason: string, position: number) => {
    const detail = { kind: 'rolled-back', name, version, reason: reason.slice(0, 1000) };
    const data = { type: 'shell:deployment-alarm', detail };
    const event = cloudEvent({ type: 'shell.browser-event.v1', source: '/shell', data });
    const messageId = `canary-rolled-back.${position}`;
    return channel.append(subjects.pushToStaff(), [event], { expect: 'any', messageId });
  };

  const unlisten = registry.onChange(() => {
    const known = live();
    for (const key of tallies.keys()) if (!known.has(key)) tallies.delete(key);
  });
  const hearing = channel.subscribe(subject, ({ data }) => count(data as unknown as Told));

  return {
    get rolledBack() {
      return rolledBack;
    },
    take(sessionId, { deployment, mfes }) {
      for (const { name, version, failed } of mfes) {
        if (failed) log.warn({ deployment, mfe: name, version, code: failed }, 'a micro frontend failed on a page');
      }
      channel.publish(subject, { data: { sessionId, mfes: mfes.map((mfe) => ({ ...mfe })) } });
    },
    health: () =>
      Object.values(registry.deployments())
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((mfe) =>
          liveVersions(mfe).map((version) => ({
            ...{ name: mfe.name, version },
            role: version === mfe.stable ? ('stable' as const) : ('canary' as const),
            ...healthOf(mfe.name, version),
          })),
        ),
    async close() {
      unlisten();
      await hearing.close();
    },
  };
};

const keyOf = (name: string, version: string): string => `${name}@${version}`;
