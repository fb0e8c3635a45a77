/** A release of nats-server, without what follows its three numbers. */
export type ServerVersion = readonly [major: number, minor: number, patch: number];

/** What a server of some version does with what is asked of it. */
export interface Verdict {
  /** Why it must not be used. */
  readonly refusal?: string;
  /** What is better known. */
  readonly warning?: string;
}

/** Reads `2.10.29-RC.1`. @returns `undefined` for what is no version */
export function parseVersion(text: string): ServerVersion | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

/** Refuses what a version does wrong without a word, and warns about what it does badly. */
export function judgeServer(text: string, wanted: { replicas: number; syncAlways: boolean }): Verdict {
  const version = parseVersion(text);
  if (!version) return { refusal: `nats-server calls itself "${text}", which is no version` };
  if (isBefore(version, [2, 9, 0])) return { refusal: `nats-server ${text} is too old; use 2.10.23 or newer` };
  if (wanted.replicas > 1 && isBefore(version, [2, 9, 21])) {
    return { refusal: `nats-server ${text} lets several writers win with replicas; use 2.10.23 or newer` };
  }
  if (wanted.syncAlways && isBefore(version, [2, 10, 0])) {
    return { refusal: `nats-server ${text} has no sync_interval, so that it cannot be "always"; use 2.10.23 or newer` };
  }
  if (isBefore(version, [2, 10, 23])) {
    return { warning: `nats-server ${text} has known faults in JetStream; use 2.10.23 or newer` };
  }
  if (wanted.replicas > 1 && isBefore(version, [2, 11, 0])) {
    return { warning: `nats-server ${text} may let replicas differ after "no-stream"; use 2.11 or newer` };
  }
  return {};
}

function isBefore(version: ServerVersion, other: ServerVersion): boolean {
  const at = other.findIndex((number, index) => number !== version[index]);
  return at !== -1 && (version[at] as number) < (other[at] as number);
}
