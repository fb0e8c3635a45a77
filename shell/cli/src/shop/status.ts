import { CommandFailed } from '../errors.ts';

/** How a shop is. */
export interface ShopStatus {
  readonly url: string;
  readonly status: 'ready' | 'degraded';
  readonly channel: { readonly adapter: string; readonly durability: string; readonly replicas: number };
  readonly backends: readonly PartStatus[];
  readonly frontends: readonly FrontendStatus[];
}

/** Which versions of a micro frontend are live. */
export interface FrontendStatus {
  readonly name: string;
  /** The one that is no canary. */
  readonly version: string;
  readonly canary?: { readonly version: string; readonly percent: number };
}

/** How one backend is. */
export interface PartStatus {
  readonly name: string;
  readonly status: 'ready' | 'degraded' | 'not-ready';
  /** What is wrong, if something is. */
  readonly detail?: string;
}

interface Readyz {
  readonly channel: ShopStatus['channel'];
  readonly frontends: Readonly<Record<string, string>>;
  readonly canaries?: Readonly<Record<string, NonNullable<FrontendStatus['canary']>>>;
  /** Frontends that bring a backend; a shop that does not say it has one for each. */
  readonly backends?: readonly string[];
  readonly backendsMissing: readonly string[];
}

interface BackendReadyz {
  readonly status?: PartStatus['status'] | number;
  readonly detail?: string;
  readonly checks?: Readonly<Record<string, { readonly status: string; readonly detail?: string }>>;
  readonly followers?: readonly {
    readonly name: string;
    readonly caughtUp: boolean;
    readonly failing?: string;
    readonly deadLetters?: number;
  }[];
}

/** Backends that there are, or should be. @throws {CommandFailed} the shop does not say */
export async function backendNames(url: string): Promise<string[]> {
  const readyz = await getJson<Readyz>(`${url}/readyz`);
  const { frontends, backends = Object.keys(frontends), backendsMissing } = readyz;
  return [...new Set([...backends, ...backendsMissing])].toSorted();
}

/** @throws {CommandFailed} the shop does not say how it is */
export async function getStatus(url: string): Promise<ShopStatus> {
  const { channel, frontends, canaries = {} } = await getJson<Readyz>(`${url}/readyz`);
  const names = await backendNames(url);
  const backends = await Promise.all(names.map((name) => backendStatus(url, name)));
  return {
    url,
    status: backends.every(({ status }) => status === 'ready') ? 'ready' : 'degraded',
    channel,
    backends,
    frontends: Object.entries(frontends).map(([name, version]) => {
      const canary = canaries[name];
      return canary === undefined ? { name, version } : { name, version, canary };
    }),
  };
}

async function backendStatus(url: string, name: string): Promise<PartStatus> {
  const own = await getJson<BackendReadyz>(`${url}/api/${name}/readyz`);
  if (own.status === 'ready') return { name, status: 'ready' };
  const wrong = [
    ...Object.entries(own.checks ?? {}).flatMap(([check, { status, detail }]) =>
      status === 'ok' ? [] : [`${check} ${detail ?? 'failed'}`],
    ),
    ...(own.followers ?? []).flatMap(({ name: follower, caughtUp, failing, deadLetters = 0 }) => [
      ...(failing === undefined && caughtUp ? [] : [`${follower} ${failing ?? 'is behind'}`]),
      ...(deadLetters === 0 ? [] : [`${follower} has ${deadLetters} dead letter${deadLetters === 1 ? '' : 's'}`]),
    ]),
  ];
  const detail = own.detail ?? (wrong.length > 0 ? wrong.join('; ') : 'it does not say why');
  return { name, status: own.status === 'degraded' ? 'degraded' : 'not-ready', detail };
}

async function getJson<Body>(address: string): Promise<Body> {
  try {
    const response = await fetch(address, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(5_000),
    });
    return (await response.json()) as Body;
  } catch (cause) {
    throw new CommandFailed(`${address} does not answer as a shop does`, { cause });
  }
}
