import { integrationSchemas } from './integration-event.ts';

/** Where it is asked that a person be erased. */
export const erasureRequests = {
  stream: 'shell',
  filter: 'shell.person.>',
  type: 'shell.person-erasure-requested.v1',
} as const;

/** Owners that keep something about persons, and say so when they have erased one. */
export const personKeepers: readonly string[] = Object.keys(integrationSchemas)
  .filter((type) => type.endsWith('.person-erased.v1'))
  .map((type) => type.split('.')[0] ?? '')
  .toSorted();
