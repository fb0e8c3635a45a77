import type { ReadModel } from '@souk/shell-query';

/** The tables that staff may query, as `<backend>_<table>`; bookkeeping and payment tokens stay closed. */
const openTables: Readonly<Record<string, readonly string[]>> = {
  catalog: ['products', 'variants', 'stock', 'ordered_together'],
  cart: ['carts', 'orders', 'reservations', 'prices', 'stock'],
  bell: ['notification', 'watch'],
  chat: ['conversation', 'message', 'inbox', 'inbox_unread'],
};

/** The read models that staff may query. @param fileOf where that of a backend lies */
export const readModelsIn = (fileOf: (backend: string) => string): readonly ReadModel[] =>
  Object.entries(openTables).map(([name, tables]) => ({ name, file: fileOf(name), tables }));
