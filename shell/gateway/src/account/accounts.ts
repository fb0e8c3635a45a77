import type { EventChannel, Expect } from '@souk/event-channel';
import { cloudEvent, newId } from '@souk/service-kit';
import type { KeyStore } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import type { IntegrationData } from '@souk/shared-events/integration';
import { readHolder } from './holder.ts';
import type { Holder } from './holder.ts';
import type { GivenPasskey } from './passkeys.ts';

/** What a customer told of themselves; `''` for what they did not. */
export interface Details {
  readonly name: string;
  readonly email: string;
}

/** A passkey as its owner is told of it. */
export interface ShownPasskey {
  readonly credentialId: string;
  readonly label: string;
  /** ISO 8601 UTC. */
  readonly addedAt: string;
}

/** What there is to an account, written as events of its holder; what is about a person is sealed. */
export interface Accounts {
  read(holderId: string): Promise<Holder>;
  details(holder: Holder): Details;
  passkeys(holder: Holder): readonly ShownPasskey[];
  newCustomerId(): string;
  /** A customer, by the first passkey. @param guestId whom the session was until now */
  register(customerId: string, passkey: GivenPasskey, label: string, details: Details, guestId: string): Promise<void>;
  /** A guest, or what else the session was, turns out to be this customer. */
  signedIn(customerId: string, guestId: string): Promise<void>;
  used(holderId: string, credentialId: string, counter: number): Promise<void>;
  add(holderId: string, passkey: GivenPasskey, label: string): Promise<void>;
  rename(holderId: string, credentialId: string, label: string): Promise<void>;
  /** The last one stays, where there is no other way in. @returns whether it was removed */
  remove(holderId: string, credentialId: string, options: { readonly mayBeLast: boolean }): Promise<boolean>;
  change(holderId: string, details: Details): Promise<void>;
}

type Types = Extract<keyof IntegrationData, `account.${string}`>;
type Fact = { readonly [Type in Types]: { readonly type: Type; readonly data: IntegrationData[Type] } }[Types];

/** Accounts on a channel. Each write expects what it was decided on, where that matters. */
export const createAccounts = (channel: EventChannel, keys: KeyStore, clock: () => Date): Accounts => {
  const append = async (holderId: string, facts: readonly Fact[], expect: Expect = 'any') => {
    const time = clock();
    const events = facts.map(({ type, data }) =>
      cloudEvent<string, unknown>({ type, data, source: '/account', time, id: newId('e') }),
    );
    await channel.append(subjects.account(holderId), events, { expect });
  };
  const added = (holderId: string, passkey: GivenPasskey, label: string): Fact => ({
    type: 'account.passkey-added.v1',
    data: { holderId, ...passkey, transports: [...passkey.transports], label: keys.seal(holderId, label) },
  });
  const changed = (holderId: string, details: Details): Fact => ({
    type: 'account.details-changed.v1',
    data: { holderId, details: keys.seal(holderId, details) },
  });

  return {
    read: (holderId) => readHolder(channel, holderId),
    details: ({ details }) => (details && keys.open(details)) ?? { name: '', email: '' },
    passkeys: ({ passkeys }) =>
      passkeys.map(({ credentialId, label, addedAt }) => ({
        ...{ credentialId, addedAt },
        label: keys.open(label) ?? 'Passkey',
      })),
    newCustomerId: () => newId('cu'),
    register: (customerId, passkey, label, details, guestId) =>
      append(
        customerId,
        [
          added(customerId, passkey, label),
          changed(customerId, details),
          { type: 'account.signed-in.v1', data: { customerId, guestId } },
        ],
        'no-stream',
      ),
    signedIn: (customerId, guestId) =>
      append(customerId, [{ type: 'account.signed-in.v1', data: { customerId, guestId } }]),
    used: (holderId, credentialId, counter) =>
      append(holderId, [{ type: 'account.passkey-used.v1', data: { holderId, credentialId, counter } }]),
    async add(holderId, passkey, label) {
      const { passkeys } = await readHolder(channel, holderId);
      if (passkeys.some(({ credentialId }) => credentialId === passkey.credentialId)) return;
      await append(holderId, [added(holderId, passkey, label)]);
    },
    async rename(holderId, credentialId, label) {
      const { passkeys } = await readHolder(channel, holderId);
      if (!passkeys.some((one) => one.credentialId === credentialId)) return;
      const data = { holderId, credentialId, label: keys.seal(holderId, label) };
      await append(holderId, [{ type: 'account.passkey-renamed.v1', data }]);
    },
    async remove(holderId, credentialId, { mayBeLast }) {
      const { passkeys, revision } = await readHolder(channel, holderId);
      const isThere = passkeys.some((one) => one.credentialId === credentialId);
      if (!isThere || (!mayBeLast && passkeys.length < 2)) return false;
      // Two that go at once must not both be the last but one.
      await append(holderId, [{ type: 'account.passkey-removed.v1', data: { holderId, credentialId } }], { revision });
      return true;
    },
    change: (holderId, details) => append(holderId, [changed(holderId, details)]),
  };
};
