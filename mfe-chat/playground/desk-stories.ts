import type { ShopperOverview } from '@souk/chat-api';
import type { MockBackend } from './mock-backend.ts';
import { karim, me } from './mock-desk.ts';

/** What the desk shows beside the conversations: who has them, notes, and the shopper's cart and orders. */
export function fillDesk({ desk }: MockBackend): void {
  desk.act('c_badr', 'claimed', karim);
  desk.act('c_badr', 'note', karim, { text: 'The workshop has chains left. I asked them to send one today.' });
  desk.act('c_chadia', 'claimed', karim);
  desk.act('c_chadia', 'transferred', karim, { to: me, text: 'You know the parcels to Norway.' });
  desk.act('c_elif', 'claimed', me);
  desk.act('c_elif', 'closed', me);
  desk.overview = overview;
}

const overview: ShopperOverview = {
  answered: true,
  name: 'Badr El Mansouri',
  cart: {
    lines: [
      { slug: 'beldi-glass', title: 'Beldi glass', variant: 'Clear, set of six', quantity: 2, lineTotalCents: 3600 },
      { slug: 'star-anise', title: 'Star anise', variant: '', quantity: 1, lineTotalCents: 410 },
    ],
    totalCents: 4600,
    currency: 'EUR',
  },
  orders: [
    {
      ...{ orderId: 'o_01h7x8yq', status: 'confirmed', waitsFor: 'nothing', placedAt: '2026-11-20T09:12:00.000Z' },
      ...{ totalCents: 12_900, currency: 'EUR' },
      lines: [{ slug: 'brass-lantern', title: 'Brass lantern with stars', variant: 'Large', quantity: 1 }],
      timeline: [
        { status: 'placed', at: '2026-11-20T09:12:00.000Z' },
        { status: 'authorized', at: '2026-11-20T09:12:02.000Z' },
        { status: 'confirmed', at: '2026-11-20T09:12:04.000Z' },
      ],
    },
    {
      ...{ orderId: 'o_01h9zz1k', status: 'placed', waitsFor: 'payment', delayed: 'person' },
      ...{ placedAt: '2026-11-22T18:40:00.000Z', totalCents: 5590, currency: 'EUR' },
      lines: [{ slug: 'fes-zellige-star', title: 'Fes zellige star', variant: 'Turquoise', quantity: 12 }],
      timeline: [{ status: 'placed', at: '2026-11-22T18:40:00.000Z' }],
    },
    {
      ...{ orderId: 'o_01h5aa0p', status: 'payment-declined', waitsFor: 'other-card' },
      ...{ placedAt: '2026-10-02T07:05:00.000Z', totalCents: 41_000, currency: 'EUR' },
      lines: [{ slug: 'beni-ourain', title: 'Beni Ourain rug', variant: '200 × 300 cm', quantity: 1 }],
      timeline: [{ status: 'payment-declined', at: '2026-10-02T07:05:00.000Z' }],
    },
  ],
  more: 0,
};
