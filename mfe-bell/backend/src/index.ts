export { createBellBackend } from './bell-backend.ts';
export type { BellBackendOptions } from './bell-backend.ts';
