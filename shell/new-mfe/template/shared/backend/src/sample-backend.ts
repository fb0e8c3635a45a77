import { createApp, openDatabase, projection, reactor, toBackend } from '@souk/service-kit';
import type { Backend, BackendOptions } from '@souk/service-kit';
import { applyEntry, entriesView, migrations } from './entries-view.ts';
import { addRoutes } from './http/routes.ts';
import { pushCount } from './push-count.ts';
import { entryWriter } from './entry-writer.ts';

/** The backend of `/api/sample/…`: commands append events, a projection answers, a reactor tells the browsers. */
export async function createBackend(options: BackendOptions): Promise<Backend> {
  const { channel, dataDir, log, sessionSecret, clock = () => new Date() } = options;
  const db = openDatabase({ file: `${dataDir}/sample.db`, migrations });
  const shared = { channel, db, stream: 'sample', log };
  const entries = projection({ ...shared, name: 'sample-entries', tables: ['entry'], apply: applyEntry });
  const view = entriesView(db);
  const push = reactor({ ...shared, name: 'sample-push', handle: pushCount({ channel, entries, view }) });

  const app = createApp({
    ...{ name: 'sample', version: '0.1.0', log, sessionSecret, channel, clock },
    followers: [entries, push],
  });
  addRoutes(app, { view, write: entryWriter(channel, clock), caughtUp: (position) => entries.waitFor(position) });
  return toBackend(app, { name: 'sample', projections: [entries], reactors: [push], opened: [db] });
}
