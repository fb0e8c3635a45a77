import { memoryChannel } from '@souk/event-channel/memory';
import type { EventChannel } from '@souk/event-channel';
import { serve, TEST_SECRET, testLog, type TestServer } from '@souk/service-kit/testing';
import type { ImportReport } from '@souk/catalog-api';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCatalogBackend } from '../catalog-backend.ts';

/** A catalogue behind a real server, on a channel of its own, in a folder of its own. */
export interface OpenCatalog extends TestServer {
  readonly channel: EventChannel;
  /** Imports a file as staff. */
  importCsv(text: string | Uint8Array<ArrayBuffer>): Promise<ImportReport>;
  /** Body of a GET as a shopper; taken on trust. */
  get<Body>(path: string): Promise<Body>;
  /** Resolves when everything in the log is in the read model. */
  ready(): Promise<void>;
}

/** Opens one for a test; `close()` removes all of it. */
export async function openCatalog({ seed = false } = {}): Promise<OpenCatalog> {
  const dataDir = mkdtempSync(join(tmpdir(), 'souk-catalog-'));
  const channel = memoryChannel();
  const backend = await createCatalogBackend({ channel, dataDir, log: testLog, sessionSecret: TEST_SECRET, seed });
  await backend.ready();
  const server = await serve(backend);
  return {
    ...server,
    channel,
    get: async <Body>(path: string) => (await server.fetch(path)).json() as Body,
    ready: () => backend.ready(),
    async importCsv(body) {
      const response = await server.fetch('/api/catalog/imports', {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body,
        as: { roles: ['staff'] },
      });
      const lines = (await response.text()).trim().split('\n');
      return JSON.parse(lines.at(-1)!) as ImportReport;
    },
    async close() {
      await server.close();
      await backend.close();
      await channel.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}
