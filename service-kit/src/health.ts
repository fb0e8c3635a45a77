import type { Capabilities, EventChannel } from '@souk/event-channel';
import type { Follower, FollowerStatus } from './follower.ts';

/** Resolves when what it looks at works; throws with the reason when not. */
export type Check = () => Promise<unknown> | void;

export interface HealthOptions {
  readonly checks?: Readonly<Record<string, Check>>;
  readonly followers?: readonly Follower[];
  readonly channel?: EventChannel;
}

/** Answer of `/readyz`. */
export interface Readiness {
  /**
   * `ready`: all is well. `degraded`: it answers, but somebody should look (a projection is stuck, dead letters or parked sagas wait).
   * `not-ready`: do not send requests here.
   */
  readonly status: 'ready' | 'degraded' | 'not-ready';
  readonly checks: Readonly<Record<string, { readonly status: 'ok' | 'failed'; readonly detail?: string }>>;
  readonly followers: readonly FollowerStatus[];
  /** What the event channel promises: durability, replicas. */
  readonly channel?: Capabilities;
}

const CHECK_DEADLINE_MS = 2000;

/** Runs every check, each with a deadline of 2 seconds. Never rejects. */
export async function readiness({ checks = {}, followers = [], channel }: HealthOptions): Promise<Readiness> {
  const names = Object.keys(checks);
  const results = await Promise.all(names.map((name) => run(async () => checks[name]?.())));
  const statuses = await Promise.all(followers.map((follower) => statusOf(follower)));
  const failed = results.some(({ status }) => status === 'failed') || statuses.some(({ caughtUp }) => !caughtUp);
  const degraded = statuses.some(
    ({ failing, deadLetters, sagas }) => failing !== undefined || deadLetters > 0 || (sagas?.parked ?? 0) > 0,
  );
  return {
    status: failed ? 'not-ready' : degraded ? 'degraded' : 'ready',
    checks: Object.fromEntries(names.map((name, index) => [name, results[index] ?? { status: 'failed' }])),
    followers: statuses,
    ...(channel === undefined ? {} : { channel: channel.capabilities }),
  };
}

async function statusOf(follower: Follower): Promise<FollowerStatus> {
  try {
    return await follower.status();
  } catch (error) {
    const failing = error instanceof Error ? error.message : 'no status';
    return { name: follower.name, kind: 'projection', caughtUp: false, streams: [], deadLetters: 0, failing };
  }
}

async function run(check: () => Promise<unknown>): Promise<{ status: 'ok' | 'failed'; detail?: string }> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no answer in ${CHECK_DEADLINE_MS} ms`)), CHECK_DEADLINE_MS);
  try {
    await Promise.race([check(), late.promise]);
    return { status: 'ok' };
  } catch (error) {
    return { status: 'failed', detail: error instanceof Error ? error.message : 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
