import type { Position } from '@souk/event-channel';
import { openKeyStore } from './key-store.ts';

/**
 * Makes a key store fit a log that was restored to an earlier end: it reads all requests for erasure anew, for it may
 * be older or newer than the log. Who was erased by a request that the log has lost stays erased, and can be erased again.
 * @param end position of the last event of the log
 */
export function rewindKeyStore({ file, end }: { readonly file: string; readonly end: Position }): void {
  const { db, close } = openKeyStore({ file });
  try {
    db.transaction(() => {
      db.run('DELETE FROM souk_checkpoint');
      db.run('UPDATE erased_person SET request = min(request, ?)', end);
    });
  } finally {
    close();
  }
}
