/** The backend as `msw` handlers over plain memory: for the playground and for component tests. */
import type { Entry, NewEntry } from '@souk/sample-api';
import { http, HttpResponse } from 'msw/http';

/** The backend, and what a test or the playground may do to it. */
export interface MockBackend {
  readonly handlers: ReturnType<typeof http.get>[];
  readonly entries: Entry[];
  /** Somebody adds an entry, elsewhere; it is pushed. */
  add(stars: number): void;
  /** The next so many requests are answered with 503. */
  fail(times: number): void;
}

/** Opens the mocked backend. @param push what is told to the page, as over the push stream */
export function mockBackend(push: (type: string, detail: object) => void = () => {}): MockBackend {
  const entries: Entry[] = [];
  let failures = 0;

  const answer = () => {
    if (failures-- > 0) return problem(503, 'unavailable', 'The service is not available.');
    return HttpResponse.json({ entries });
  };
  const keep = ({ entryId, stars }: NewEntry): void => {
    if (entries.some((one) => one.entryId === entryId)) return;
    entries.unshift({ entryId, stars, at: new Date().toISOString() });
  };

  return {
    entries,
    handlers: [
      http.get('/api/sample/entries', answer),
      http.post('/api/sample/entries', async ({ request }) => {
        const entry = (await request.json()) as NewEntry;
        if (failures <= 0) keep(entry);
        return answer();
      }),
    ],
    add(stars) {
      keep({ entryId: `elsewhere-${entries.length}`, stars });
      push('sample:changed', { count: entries.length });
    },
    fail: (times) => (failures = times),
  };
}

const problem = (status: number, code: string, detail: string) =>
  HttpResponse.json({ status, code, detail }, { status, headers: { 'content-type': 'application/problem+json' } });
