/** A product that is not sold any more, and the shelf where others stand. */
export interface Former {
  readonly title: string;
  readonly category: { readonly slug: string; readonly title: string };
}

/** The backend said no, or nothing that makes sense. */
export class RequestProblem extends Error {
  /** HTTP status; 0 when no answer came, or one that is no JSON. */
  readonly status: number;
  /** What is told to who asked over the contract. */
  readonly code = 'catalog-unavailable';
  /** What stood at the address once, where the answer says so. */
  readonly former: Former | undefined;
  constructor(status: number, message: string, options: ErrorOptions & { readonly former?: Former } = {}) {
    super(message, options);
    this.name = 'RequestProblem';
    this.status = status;
    this.former = options.former;
  }

  /** There is nothing at this address, and asking again cannot help: unlike an outage, or too many questions at once. */
  get isFinal(): boolean {
    return this.status >= 400 && this.status < 500 && this.status !== 429;
  }
}

/** Anything that fetches a path of the shop: the browser's `fetch`, or the gateway's for a fragment. */
export type Fetch = (path: string, init?: { signal?: AbortSignal }) => Promise<Response>;

/**
 * Body of a GET of our own backend.
 * @throws {RequestProblem}
 * @throws the reason of `signal`
 */
export async function getJson<Body>(
  path: string,
  {
    fetch = globalThis.fetch as Fetch,
    signal,
  }: {
    readonly fetch?: Fetch;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Body> {
  try {
    const response = await fetch(path, { signal });
    if (!response.ok) {
      const former = response.status === 410 ? ((await response.json()) as { product?: Former }).product : undefined;
      throw new RequestProblem(response.status, `the shop answers ${response.status}`, former ? { former } : {});
    }
    return (await response.json()) as Body;
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof RequestProblem) throw cause;
    throw new RequestProblem(0, 'the shop does not answer', { cause });
  }
}
