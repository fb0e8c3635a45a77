import { request } from '../http/request.ts';

/** A version that some session may get. */
export interface LiveVersion {
  readonly version: string;
  readonly owner: string;
}

/** Which versions of a micro frontend there are, and who gets which. */
export interface Deployment {
  readonly name: string;
  readonly stable?: string;
  readonly canary?: { readonly version: string; readonly percent: number };
  /** Versions that were stable before, the last one first. */
  readonly previous: readonly string[];
  readonly blocked: readonly string[];
  readonly live: readonly LiveVersion[];
}

/** How a live version does, over the last hour. */
export interface Health {
  readonly name: string;
  readonly version: string;
  readonly sessions: number;
  readonly startFailed: number;
  readonly failed: number;
  /** Milliseconds. */
  readonly loadedMs?: { readonly p50: number; readonly p95: number };
  readonly eventsPerSession: number;
}

/** One thing that happened. */
export interface HistoryEntry {
  readonly position: number;
  readonly time: string;
  /** `published`, `promoted`, `canary-changed`, `rolled-back`, `blocked`, `refused`. */
  readonly what: string;
  readonly data: {
    readonly name: string;
    readonly version?: string;
    readonly percent?: number;
    readonly from?: string;
    readonly to?: string;
    readonly by?: string;
    readonly reason?: string;
    readonly code?: string;
    readonly problems?: readonly string[];
  };
}

/** Who sends and takes what on the page, by type. */
export interface Participant {
  readonly name: string;
  readonly version: string;
  readonly contract: {
    readonly emits?: object;
    readonly pushes?: object;
    readonly listens?: object;
    readonly requests?: object;
    readonly handles?: object;
  };
}

/** Everything that the page shows. */
export interface Deployments {
  readonly mfes: readonly Deployment[];
  readonly health: readonly Health[];
  readonly history: readonly HistoryEntry[];
  readonly participants: readonly Participant[];
}

/** An event of the log. */
interface LogPlace {
  readonly position: number;
  readonly time: string;
}

/** What was live together, and when; a set may come back. */
export interface LiveTogether {
  readonly sets: readonly { readonly id: string; readonly versions: Readonly<Record<string, string>> }[];
  readonly periods: readonly { readonly from: LogPlace; readonly to?: LogPlace }[];
}

/** What can be done to one micro frontend. */
export type DeployAct =
  | { readonly kind: 'promote'; readonly version: string }
  | { readonly kind: 'rollback'; readonly version: string; readonly to?: string }
  | { readonly kind: 'block'; readonly version: string };

/** @throws {RequestProblem} */
export async function readDeployments(signal?: AbortSignal): Promise<Deployments> {
  const get = async <Body>(path: string) => (await (await request(path, { signal })).json()) as Body;
  const [{ mfes }, { versions: health }, { entries: history }, { participants }] = await Promise.all([
    get<{ mfes: Deployment[] }>('/registry/mfe'),
    get<{ versions: Health[] }>('/registry/reports'),
    get<{ entries: HistoryEntry[] }>('/registry/history?limit=50'),
    get<{ participants: Participant[] }>('/registry/contract'),
  ]);
  return { mfes: mfes.toSorted((a, b) => (a.name < b.name ? -1 : 1)), health, history, participants };
}

/** @param at a deployment id, a time, or a position of the log @throws {RequestProblem} 404 when nothing has this id */
export async function readLiveTogether(at: string, signal: AbortSignal): Promise<LiveTogether> {
  const answer = await request(`/registry/as-of?${new URLSearchParams({ at })}`, { signal });
  return (await answer.json()) as LiveTogether;
}

/** @throws {RequestProblem} 409 when it does not fit what is deployed by now, or would break somebody else */
export async function actOn(name: string, act: DeployAct, reason: string): Promise<void> {
  const { kind, version } = act;
  const body = kind === 'rollback' ? { reason, ...(act.to !== undefined && { to: act.to }) } : { version, reason };
  await request(`/registry/mfe/${name}/${kind}`, { json: body });
}
