import type { EntryList, NewEntry } from '@souk/sample-api';

/** Why an answer did not come, or was a no. `message` is a sentence for a person. */
export class SampleApiFailed extends Error {
  /** The problem's code, or `unreachable` when there was no answer at all. */
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SampleApiFailed';
    this.code = code;
  }
}

const deadlineMs = 10_000;

/** Asks `/api/sample`. Every call ends with its deadline or with `signal`. @throws {SampleApiFailed} */
export const sampleApi = {
  entries: (signal: AbortSignal) => call('entries', {}, signal),
  add: (entry: NewEntry, signal: AbortSignal) =>
    call(
      'entries',
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(entry) },
      signal,
    ),
};

async function call(path: string, init: RequestInit, signal: AbortSignal): Promise<EntryList> {
  let response: Response;
  try {
    response = await fetch(`/api/sample/${path}`, {
      ...init,
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
    });
    if (response.ok) return (await response.json()) as EntryList;
  } catch (cause) {
    signal.throwIfAborted();
    throw new SampleApiFailed('unreachable', 'There was no answer.', { cause });
  }
  const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
  throw new SampleApiFailed(problem.code ?? 'failed', problem.detail ?? 'That did not work.');
}
