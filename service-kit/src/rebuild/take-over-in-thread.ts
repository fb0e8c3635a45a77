import { Worker } from 'node:worker_threads';
import type { TakeOverOptions } from './take-over.ts';

/** {@link takeOver} in a thread, so that this one answers meanwhile. @throws what it throws */
export function takeOverInThread(options: TakeOverOptions): Promise<void> {
  const worker = new Worker(new URL('take-over-thread.ts', import.meta.url), { workerData: options });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the thread ended with ${code}`))));
  });
}
