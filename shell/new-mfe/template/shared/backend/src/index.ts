// The shop looks for `createBackend` in the backend folder of each micro frontend.
export { createBackend } from './sample-backend.ts';
