/** A process under load, made to be killed: `worker.ts LOG JOURNAL WRITERS RACERS`. Says what was acknowledged, a line each. */
import { writeSync } from 'node:fs';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { followLoad } from './follow-ups.ts';
import { journal, startLoad, stream } from './load.ts';

const [, , log = '', readModel = '', writers, racers] = process.argv;
const channel = sqliteChannel({ file: log });
journal(channel, readModel);
followLoad(channel, `${stream}.>`);
const stop = new AbortController();
// Written at once: what stands in a buffer when the process is killed was acknowledged, and nobody would know.
const say = (line: string) => writeSync(1, `${line}\n`);
const { done } = startLoad({
  ...{ channel, writers: Number(writers), racers: Number(racers), signal: stop.signal },
  acked: ({ subject, position, id }) => say(`${subject} ${position} ${id}`),
  // The disk may be full for a while; anything else ends the process, and so the proof.
  mayFail(error) {
    const { code, cause } = error as { code?: string; cause?: { errcode?: number; message?: string } };
    if (code === 'log-unavailable') say(`! ${cause?.errcode} ${cause?.message}`);
    return code === 'log-unavailable';
  },
});
process.once('SIGTERM', () => stop.abort());
await done;
process.exit(0);
