export { createQueryBackend } from './query-backend.ts';
export type { QueryBackendOptions } from './query-backend.ts';
export type { QueryLimits, ReadModel } from './runner/query.ts';
