import type { CloudEvent } from '@souk/event-channel';
import type { Database } from '@souk/service-kit';
import type { IntegrationData } from '@souk/shared-events/integration';

/** Products whose price or stock an event may have changed. */
export function slugsIn({ type, data }: CloudEvent, db: Database): readonly string[] {
  switch (type) {
    case 'catalog.product-published.v1':
      return [(data as IntegrationData['catalog.product-published.v1']).slug];
    case 'catalog.stock-counted.v1':
      return slugOf(db, (data as IntegrationData['catalog.stock-counted.v1']).sku);
    case 'catalog.stock-reserved.v1':
    case 'catalog.stock-released.v1':
      return (data as IntegrationData['catalog.stock-reserved.v1']).lines.flatMap(({ sku }) => slugOf(db, sku));
    default:
      return [];
  }
}

function slugOf(db: Database, sku: string): readonly string[] {
  const row = db.get<{ slug: string }>('SELECT slug FROM variants WHERE sku = ?', sku);
  return row ? [row.slug] : [];
}
