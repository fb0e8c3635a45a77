import { defineManifest } from '@souk/vite-plugin-mfe/manifest';

/** What the shell knows of the bell. */
export const manifest = defineManifest({
  name: 'bell',
  owner: 'team-bell',
  importance: 'regular',
  entries: {
    button: 'element/src/button.ts',
    centre: 'element/src/centre.ts',
    watch: 'element/src/watch.ts',
  },
  elements: { 'bell-button': 'button', 'bell-centre': 'centre' },
  routes: [],
  slots: [{ slot: 'header-end', element: 'bell-button', order: 10 }],
  api: '/api/bell',
  contract: {
    emits: ['bell:changed'],
    pushes: ['bell:changed', 'bell:notified'],
    listens: ['bell:changed', 'bell:notified', 'shell:locale-changed', 'shell:navigated', 'shell:push-reset'],
    requests: ['chat:open'],
    handles: { 'bell:watch-product': 'watch' },
  },
});
