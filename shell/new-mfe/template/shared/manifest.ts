import { defineManifest } from '@souk/vite-plugin-mfe/manifest';

/** What the shell knows of this micro frontend. */
export const manifest = defineManifest({
  name: 'sample',
  owner: 'team-sample',
  importance: 'regular',
  entries: { main: 'element/src/main.ts' },
  elements: { 'sample-page': 'main', 'sample-badge': 'main' },
  routes: [{ path: '/sample', element: 'sample-page', title: 'Sample' }],
  slots: [{ slot: 'page-end', element: 'sample-badge', order: 50 }],
  api: '/api/sample',
  contract: {
    emits: ['sample:changed'],
    pushes: ['sample:changed'],
    listens: ['sample:changed', 'cart:changed', 'shell:push-reset'],
    requests: [],
    handles: {},
  },
});
