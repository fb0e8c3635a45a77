/**
 * The shell's part of the browser contract. It has no elements and no backend of its own; its routes are those of the
 * micro frontends.
 */
export const manifest = {
  name: 'shell',
  owner: 'team-shell',
  contract: {
    emits: ['shell:navigated', 'shell:locale-changed', 'shell:mfe-failed', 'shell:push-reset'],
    pushes: ['shell:deployment-changed', 'shell:deployment-alarm'],
    listens: ['shell:deployment-changed'],
    requests: [],
    handles: { 'shell:navigate': 'shell' },
  },
} as const;
