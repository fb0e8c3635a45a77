import { Worker } from 'node:worker_threads';

/** Ends this process when nobody else can: SQLite holds its only thread while a query runs. */
export interface Watchdog {
  /** From now on this process has so long, in milliseconds; `undefined` = as long as its parent lives. */
  allow(ms: number | undefined): void;
}

/** As text, since a worker's own file would need the same loader as this one. */
const watch = `
  const { workerData } = require('node:worker_threads');
  const deadline = new Float64Array(workerData.deadline);
  setInterval(() => {
    const late = deadline[0] !== 0 && Date.now() > deadline[0];
    if (late || process.ppid !== workerData.parent) process.kill(process.pid, 'SIGKILL');
  }, 250);
`;

/**
 * Starts a thread that kills this process when its time is over or its parent is gone. The parent kills it earlier; this
 * one is for the parent that was itself killed.
 */
export function startWatchdog(): Watchdog {
  const shared = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const deadline = new Float64Array(shared);
  new Worker(watch, { eval: true, workerData: { deadline: shared, parent: process.ppid } }).unref();
  return { allow: (ms) => void (deadline[0] = ms === undefined ? 0 : Date.now() + ms) };
}
