import type { EventChannel } from '@souk/event-channel';
import { followErasures } from '@souk/service-kit';
import type { Database, Erasures, KeyStore, Logger } from '@souk/service-kit';
import { erasureRequests, subjects } from '@souk/shared-events/integration';
import type { IntegrationData } from '@souk/shared-events/integration';

/** What erasing stands on. */
export interface ErasePersonsOptions {
  readonly channel: EventChannel;
  readonly db: Database;
  readonly keys: KeyStore;
  readonly log: Logger;
}

/**
 * Erases who is to be erased: the key, and so the addresses of the person's browsers; the answer itself empties the read model.
 * What stays in the log is ids and numbers.
 */
export function erasePersons({ channel, db, keys, log }: ErasePersonsOptions): Erasures {
  return followErasures({
    ...{ name: 'bell-erasures', channel, db, keys, log, requests: erasureRequests, source: '/bell' },
    personOf: ({ data }) => (data as IntegrationData['shell.person-erasure-requested.v1']).personId,
    async erase(personId) {
      const data: IntegrationData['bell.person-erased.v1'] = { personId, unsealed: 0 };
      return { subject: subjects.personOf('bell', personId), type: 'bell.person-erased.v1', data };
    },
  });
}
