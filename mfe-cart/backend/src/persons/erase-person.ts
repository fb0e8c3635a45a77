import { followErasures } from '@souk/service-kit';
import type { Erasures, Logger } from '@souk/service-kit';
import { erasureRequests, subjects } from '@souk/shared-events/integration';
import type { IntegrationData } from '@souk/shared-events/integration';
import { cartIdOf } from '../cart-id.ts';
import type { Context } from '../commands/context.ts';

/**
 * Erases who is to be erased: the key, and so address and card in log and read model; and the cards that the payment provider
 * keeps. Orders stay for the books, with nobody's name.
 */
export function erasePersons(context: Context, log: Logger): Erasures {
  const { channel, db, keys, provider } = context;
  return followErasures({
    ...{ name: 'cart-erasures', channel, db, keys, log, requests: erasureRequests, source: '/cart' },
    personOf: ({ data }) => (data as IntegrationData['shell.person-erasure-requested.v1']).personId,
    async erase(personId) {
      await provider.forget?.(personId);
      const data: IntegrationData['cart.person-erased.v1'] = { personId, unsealed: await unsealed(context, personId) };
      return { subject: subjects.personOf('cart', personId), type: 'cart.person-erased.v1', data };
    },
  });
}

/** Events about the person from before there were seals. */
async function unsealed({ channel, db, upToDate }: Context, personId: string): Promise<number> {
  await upToDate();
  const orders = db.all<{ id: string }>('SELECT order_id AS id FROM orders WHERE shopper_id = ?', personId);
  const places = [subjects.cartRequest(cartIdOf(personId)), ...orders.map(({ id }) => subjects.order(id))];
  let count = 0;
  for (const subject of places)
    for await (const { event } of channel.read(subject)) if (isUnsealed(event.data as MaybePersonal)) count++;
  return count;
}

interface MaybePersonal {
  readonly delivery?: object;
  readonly payment?: { readonly last4?: object };
}

function isUnsealed({ delivery, payment }: MaybePersonal): boolean {
  return [delivery, payment?.last4].some((personal) => personal !== undefined && 'plain' in personal);
}
