import type { EventChannel } from '@souk/event-channel';
import { cloudEvent, followErasures } from '@souk/service-kit';
import type { Erasures, KeyStore, Logger } from '@souk/service-kit';
import { erasureRequests, subjects } from '@souk/shared-events/integration';
import type { IntegrationData } from '@souk/shared-events/integration';
import { readHolder } from './holder.ts';

type Request = IntegrationData['shell.person-erasure-requested.v1'];

export interface EraseCustomersOptions {
  readonly channel: EventChannel;
  readonly keys: KeyStore;
  readonly log: Logger;
  /** Ends every session of somebody. */
  readonly signOutEverywhere: (holderId: string) => Promise<void>;
}

/**
 * Erases who is to be erased: the key, and so name, address and labels; the passkeys, so that nobody comes in as them; their sessions.
 * The guests whom a customer was before are persons of their own to other backends: they are to be erased as well.
 */
export const eraseCustomers = ({ channel, keys, log, signOutEverywhere }: EraseCustomersOptions): Erasures =>
  followErasures({
    // What it has done is kept beside the keys, which are all that it has.
    ...{ name: 'account-erasures', channel, db: keys.db, keys, log, requests: erasureRequests, source: '/account' },
    personOf: ({ data }) => (data as Request).personId,
    async erase(personId) {
      const { passkeys, guests } = await readHolder(channel, personId);
      for (const { credentialId } of passkeys) {
        const data = { holderId: personId, credentialId };
        const event = cloudEvent({ type: 'account.passkey-removed.v1', source: '/account', data });
        await channel.append(subjects.account(personId), [event], { expect: 'any' });
      }
      await signOutEverywhere(personId);
      for (const guestId of guests) {
        const data: Request = { personId: guestId, by: 'account' };
        const event = cloudEvent({ type: erasureRequests.type, source: '/shell', data });
        const messageId = `/account/erase/${personId}/${guestId}`;
        await channel.append(subjects.person(guestId), [event], { expect: 'any', messageId });
      }
      const data: IntegrationData['account.person-erased.v1'] = { personId, unsealed: 0 };
      return { subject: subjects.personOf('account', personId), type: 'account.person-erased.v1', data };
    },
  });
