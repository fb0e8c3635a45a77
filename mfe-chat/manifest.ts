import { defineManifest } from '@souk/vite-plugin-mfe/manifest';

/** What the shell knows of the chat. */
export const manifest = defineManifest({
  name: 'chat',
  owner: 'team-chat',
  importance: 'regular',
  entries: {
    launcher: 'element/src/launcher.ts',
    conversation: 'element/src/conversation.ts',
    desk: 'element/src/desk.ts',
  },
  elements: { 'chat-launcher': 'launcher', 'chat-conversation': 'conversation', 'chat-desk': 'desk' },
  routes: [{ path: '/desk', element: 'chat-desk', title: 'The desk' }],
  slots: [{ slot: 'page-end', element: 'chat-launcher', order: 10 }],
  api: '/api/chat',
  contract: {
    emits: ['chat:unread-changed'],
    pushes: [
      'chat:desk-changed',
      'chat:message-received',
      'chat:presence-changed',
      'chat:receipt-changed',
      'chat:typing-changed',
      'chat:unread-changed',
    ],
    listens: [
      'catalog:product-changed',
      'chat:desk-changed',
      'chat:message-received',
      'chat:presence-changed',
      'chat:receipt-changed',
      'chat:typing-changed',
      'chat:unread-changed',
      'shell:locale-changed',
      'shell:navigated',
      'shell:push-reset',
    ],
    requests: ['catalog:describe-product'],
    handles: { 'chat:open': 'launcher' },
  },
});
