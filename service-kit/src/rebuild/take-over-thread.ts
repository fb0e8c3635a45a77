// Replaces the tables of a read model, away from the thread that answers requests.
import { workerData } from 'node:worker_threads';
import { takeOver } from './take-over.ts';
import type { TakeOverOptions } from './take-over.ts';

takeOver(workerData as TakeOverOptions);
