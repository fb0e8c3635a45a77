export { createChatBackend } from './chat-backend.ts';
export type { ChatBackendOptions } from './chat-backend.ts';
