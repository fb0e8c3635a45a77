/** Where in the text of a query something is wrong, in characters from its begin. */
export interface Place {
  readonly start: number;
  readonly length: number;
}

/** An API said no, or nothing that makes sense. */
export class RequestProblem extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** The problem's code, such as `query-too-slow`. */
  readonly code: string;
  readonly place: Place | undefined;

  constructor(
    message: string,
    {
      status = 0,
      code = 'no-answer',
      place,
      cause,
    }: { readonly status?: number; readonly code?: string; readonly place?: Place; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.name = 'RequestProblem';
    this.status = status;
    this.code = code;
    this.place = place;
  }

  /** This visitor is no staff, or no longer. */
  get isStaffOnly(): boolean {
    return this.status === 401 || this.status === 403;
  }

  /** Asked again in a while it may work. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** What a request carries beside its path. */
export interface RequestOptions {
  /** Body of a POST. */
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Asks an API of the shop.
 * @throws {RequestProblem}
 * @throws the reason of `signal`
 */
export async function request(path: string, { json, headers, signal }: RequestOptions = {}): Promise<Response> {
  const init: RequestInit = json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) };
  const type: Record<string, string> = json === undefined ? {} : { 'content-type': 'application/json' };
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: { ...type, ...headers }, signal });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new RequestProblem('The shop does not answer.', { cause });
  }
  if (response.ok) return response;
  throw problemOf(await response.json().catch(() => undefined), response.status);
}

/** A problem document as an error; what is none becomes one that says so. */
export function problemOf(document: unknown, status?: number): RequestProblem {
  const { detail, code, place, status: told } = (document ?? {}) as Partial<Record<string, unknown>>;
  const known = status ?? (typeof told === 'number' ? told : 0);
  const message = typeof detail === 'string' && detail !== '' ? sentence(detail) : `The shop answered ${known}.`;
  return new RequestProblem(message, {
    status: known,
    code: typeof code === 'string' ? code : 'unknown',
    ...(isPlace(place) && { place }),
  });
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}

function isPlace(value: unknown): value is Place {
  const { start, length } = (value ?? {}) as Partial<Record<keyof Place, unknown>>;
  return typeof start === 'number' && typeof length === 'number';
}
