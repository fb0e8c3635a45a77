import { defineManifest } from '@souk/vite-plugin-mfe/manifest';

/** What the shell's page knows of the staff's own pages. They have no backend of their own. */
export const manifest = defineManifest({
  name: 'ops',
  owner: 'team-shell',
  importance: 'regular',
  entries: { events: 'src/events.ts', sagas: 'src/sagas.ts', deployments: 'src/deployments.ts' },
  elements: { 'ops-events': 'events', 'ops-sagas': 'sagas', 'ops-deployments': 'deployments' },
  routes: [
    { path: '/ops/events', element: 'ops-events', title: 'Events' },
    { path: '/ops/sagas', element: 'ops-sagas', title: 'Sagas' },
    { path: '/ops/deployments', element: 'ops-deployments', title: 'Deployments' },
  ],
  slots: [],
  contract: {
    emits: [],
    listens: [
      'shell:navigated',
      'shell:push-reset',
      'shell:deployment-changed',
      'shell:deployment-alarm',
      'cart:saga-changed',
    ],
    requests: [],
    handles: {},
  },
});
