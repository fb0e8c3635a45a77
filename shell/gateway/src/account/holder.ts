import type { EventChannel } from '@souk/event-channel';
import type { IntegrationData, IntegrationEvent } from '@souk/shared-events/integration';
import { subjects } from '@souk/shared-events/integration';

type Added = IntegrationData['account.passkey-added.v1'];

/** One passkey of somebody, as the log has it; the label is sealed. */
export interface Passkey extends Omit<Added, 'holderId'> {
  /** ISO 8601 UTC. */
  readonly addedAt: string;
}

/** Who holds an account: a customer (`cu_…`), or a member of the staff (`st_…`). */
export interface Holder {
  readonly passkeys: readonly Passkey[];
  /** What they told of themselves, sealed. */
  readonly details: IntegrationData['account.details-changed.v1']['details'] | undefined;
  /** Whom they were before they signed in. */
  readonly guests: readonly string[];
  /** Position of the last event; 0 before the first. */
  readonly revision: number;
}

type AccountEvent = IntegrationEvent<Extract<keyof IntegrationData, `account.${string}`>>;

const nobody: Holder = { passkeys: [], details: undefined, guests: [], revision: 0 };

/** Somebody's account, folded from the log: its events are few. */
export const readHolder = async (channel: EventChannel, holderId: string): Promise<Holder> => {
  let holder = nobody;
  for await (const { event, position } of channel.read(subjects.account(holderId))) {
    holder = { ...evolveHolder(holder, event as unknown as AccountEvent), revision: position };
  }
  return holder;
};

/** An account after an event. Pure. */
export const evolveHolder = (holder: Holder, event: AccountEvent): Holder => {
  switch (event.type) {
    case 'account.passkey-added.v1': {
      const { holderId: _holderId, ...passkey } = event.data;
      return { ...holder, passkeys: [...holder.passkeys, { ...passkey, addedAt: event.time }] };
    }
    case 'account.passkey-renamed.v1':
    case 'account.passkey-used.v1': {
      const { holderId: _holderId, credentialId, ...changed } = event.data;
      const change = (one: Passkey) => (one.credentialId === credentialId ? { ...one, ...changed } : one);
      return { ...holder, passkeys: holder.passkeys.map(change) };
    }
    case 'account.passkey-removed.v1': {
      const { credentialId } = event.data;
      return { ...holder, passkeys: holder.passkeys.filter((one) => one.credentialId !== credentialId) };
    }
    case 'account.details-changed.v1':
      return { ...holder, details: event.data.details };
    case 'account.signed-in.v1':
      return { ...holder, guests: [...new Set([...holder.guests, event.data.guestId])] };
    default:
      return holder;
  }
};
