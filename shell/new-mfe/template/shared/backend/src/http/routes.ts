import type { Position } from '@souk/event-channel';
import { EntryList, NewEntry } from '@souk/sample-api';
import { Conflict, type SoukApp } from '@souk/service-kit';
import { TooManyEntries } from '../domain/entries.ts';
import type { EntriesView } from '../entries-view.ts';
import type { WriteEntry } from '../entry-writer.ts';

/** What the routes stand on. */
export interface RoutesOptions {
  readonly view: EntriesView;
  readonly write: WriteEntry;
  /** Resolves when the view holds this position, so that a sender sees what it has just sent. */
  readonly caughtUp: (position: Position) => Promise<void>;
}

/** The whole API under `/api/sample`. Whose entries these are, the session says. */
export function addRoutes(app: SoukApp, { view, write, caughtUp }: RoutesOptions): void {
  app.get(
    '/api/sample/entries',
    { schema: { summary: 'The visitor’s own entries', response: { 200: EntryList } } },
    async (request, reply) => {
      reply.header('cache-control', 'private, no-store');
      return { entries: view.entriesOf(request.session.shopperId) };
    },
  );

  app.post(
    '/api/sample/entries',
    { schema: { summary: 'Adds an entry, once per entryId', body: NewEntry, response: { 200: EntryList } } },
    async (request) => {
      const { shopperId: visitorId } = request.session;
      try {
        await caughtUp(await write({ visitorId, ...request.body }, request.cause));
      } catch (error) {
        throw error instanceof TooManyEntries ? new Conflict(error.code, error.message, { cause: error }) : error;
      }
      return { entries: view.entriesOf(visitorId) };
    },
  );
}
