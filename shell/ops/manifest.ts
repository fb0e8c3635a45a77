import { defineManifest } from '@souk/vite-plugin-mfe/manifest';

/** What the shell's page knows of the staff's own pages. They have no backend of their own. */
export const manifest = defineManifest({
  name: 'ops',
  owner: 'team-shell',
  importance: 'regular',
  entries: { events: 'src/events.ts' },
  elements: { 'ops-events': 'events' },
  routes: [{ path: '/ops/events', element: 'ops-events', title: 'Events' }],
  slots: [],
  contract: {
    emits: [],
    listens: ['shell:navigated'],
    requests: [],
    handles: {},
  },
});
