import {
  createApp,
  openDatabase,
  projection,
  toBackend,
  upcasting,
  type Backend,
  type BackendOptions,
} from '@souk/service-kit';
import { upcast } from '@souk/shared-events/integration';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readGoods } from './goods.ts';
import { seed } from './seed.ts';
import { addImportRoute } from './http/import.ts';
import { addPictureRoutes } from './http/pictures.ts';
import { addBrowseRoutes } from './http/routes.ts';
import { addSitemapRoute } from './http/sitemap.ts';
import { applyCatalogEvent } from './projections/products/apply.ts';
import { productMigrations, productTables } from './projections/products/schema.ts';
import { pushChanges } from './push/push-changes.ts';
import { productSearch } from './search/product-search.ts';
import { answerReservations } from './reservations.ts';
import { makeShelves } from './shelves.ts';

export interface CatalogOptions extends BackendOptions {
  /** Sell the default goods when the catalogue is empty. @default false */
  readonly seed?: boolean;
}

/**
 * Products, variants, prices and stock: answers queries from its own projection, takes imports, and sets stock aside
 * for orders when asked by events. Ready when the projection has caught up (and, on a first start, is seeded).
 */
export async function createCatalogBackend(options: CatalogOptions): Promise<Backend> {
  const { dataDir, log, sessionSecret, clock } = options;
  const channel = upcasting(options.channel, upcast);
  const db = openDatabase({ file: join(dataDir, 'catalog.db'), migrations: productMigrations });
  const search = productSearch(db);
  const closing = new AbortController();
  let following: Promise<void> | undefined;
  /** After the batch at hand: so that a question finds little left to read. */
  const followSoon = () => {
    following ??= nextTurn()
      .then(() => search.catchUp(closing.signal))
      .catch((error: unknown) => log.warn({ err: error }, 'the search index waits for the next question'))
      .finally(() => (following = undefined));
  };
  followSoon();
  const products = projection({
    name: 'catalog-products',
    channel,
    db,
    stream: 'catalog',
    tables: productTables,
    apply(recorded, into) {
      applyCatalogEvent(recorded.event, recorded.position, into);
      // Built anew it is another database, whose rows come out the same.
      if (into === db) followSoon();
    },
    // Small, so that shoppers are answered between the batches of an import: a product costs some half a millisecond.
    maxBatch: 32,
    log,
  });
  const goods = readGoods();
  const reservations = answerReservations({ channel, db, products, log });
  const push = pushChanges({ channel, db, products, clock: clock ?? (() => new Date()), log });

  const app = createApp({
    name: 'catalog',
    version: '1.0.0',
    log,
    sessionSecret,
    channel,
    followers: [products, reservations, push],
    ...(clock ? { clock } : {}),
  });
  addBrowseRoutes(app, { db, products, search, shelves: makeShelves(goods.shelves), hero: goods.hero });
  addSitemapRoute(app, { db });
  addPictureRoutes(app, goods.pictureFolder);
  addImportRoute(app, { channel, db, products });

  const index = {
    async close() {
      closing.abort();
      await following;
    },
  };
  const parts = { name: 'catalog', projections: [products], reactors: [reservations, push], opened: [db, index] };
  const backend = await toBackend(app, parts);
  const seeded = options.seed ? seed({ channel, db }) : Promise.resolve();
  // Told by `ready()`, where somebody waits for it; until then it must not count as unhandled.
  seeded.catch((error: unknown) => log.error({ err: error }, 'the default goods could not be put on the shelves'));
  return {
    ...backend,
    async ready() {
      await seeded;
      await backend.ready();
      await following;
    },
  };
}
