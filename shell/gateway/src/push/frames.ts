/** What stands on the wire: blocks of an event stream (https://html.spec.whatwg.org/#parsing-an-event-stream). */

/** A browser event. One buffer is written to all who hear it. @param json without line breaks, as JSON.stringify makes it */
export const messageFrame = (position: number, json: string): Buffer =>
  Buffer.from(`id: ${position}\ndata: ${json}\n\n`);

/** A browser event of the moment: without an id, as nobody can come back to it. @param json without line breaks */
export const nowFrame = (json: string): Buffer => Buffer.from(`event: now\ndata: ${json}\n\n`);

/**
 * Tells that the stream is alive, and that everything up to `position` has been handed over. A reader whose last id
 * is not `previous` has missed something.
 */
export const beatFrame = (position: number, previous: number): Buffer =>
  Buffer.from(`id: ${position}\nevent: beat\ndata: ${previous}\n\n`);

/** Tells that messages were lost. `epoch` names the log that the stream reads from now on. */
export const resetFrame = (position: number, epoch: string): Buffer =>
  Buffer.from(`id: ${position}\nevent: reset\ndata: ${JSON.stringify({ epoch })}\n\n`);

/** Tells that the session behind the page is over: coming back is of no use. */
export const endFrame = (): Buffer => Buffer.from('event: end\ndata: {}\n\n');

/** How long the browser waits before it connects again, in milliseconds. */
export const retryFrame = (waitMs: number): Buffer => Buffer.from(`retry: ${Math.round(waitMs)}\n\n`);
