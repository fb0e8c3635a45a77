import type { StaffRequest } from '../shop/as-staff.ts';

/** What the shop knows about a person. */
export interface Person {
  readonly personId: string;
  readonly orders: number;
  /** Orders that still move, or wait for another card. */
  readonly open: number;
  readonly messages: number;
}

/** By what a person is looked for. */
export type PersonQuery =
  | { readonly personId: string }
  | { readonly orderId: string }
  | { readonly email: string }
  | { readonly conversationId: string };

interface Found {
  readonly personId: string;
  readonly orders?: number;
  readonly open?: number;
  readonly messages?: number;
}

/** Everybody whom the question fits; a person is a browser, so that one who has used two is found twice. */
export async function findPersons(request: StaffRequest, query: PersonQuery): Promise<readonly Person[]> {
  const search = async (owner: 'cart' | 'chat', json: PersonQuery): Promise<readonly Found[]> => {
    const response = await request(`/api/${owner}/persons/search`, { json });
    return ((await response.json()) as { readonly persons: readonly Found[] }).persons;
  };
  const ids =
    'personId' in query
      ? [query.personId]
      : (await search('conversationId' in query ? 'chat' : 'cart', query)).map(({ personId }) => personId);
  const persons = ids.map(async (personId): Promise<Person[]> => {
    const known = [...(await search('cart', { personId })), ...(await search('chat', { personId }))];
    if (known.length === 0) return [];
    const sum = (of: 'orders' | 'open' | 'messages') => known.reduce((total, one) => total + (one[of] ?? 0), 0);
    return [{ personId, orders: sum('orders'), open: sum('open'), messages: sum('messages') }];
  });
  return (await Promise.all(persons)).flat();
}

/** One line about a person. */
export function describePerson({ personId, orders, open, messages }: Person): string {
  const still = open === 0 ? '' : ` (${open} not finished)`;
  return `${personId}: ${count(orders, 'order')}${still}, ${count(messages, 'message')}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
