import { Type, type Static } from 'typebox';

/** A row that could not be taken; the rest of the file goes on. */
export const RowError = Type.Object({
  line: Type.Integer({ description: 'line of the file on which the row begins; the header is line 1' }),
  reason: Type.String(),
});
export type RowError = Static<typeof RowError>;

/** State of an import; a finished one has `done: true`. */
export const ImportReport = Type.Object({
  done: Type.Boolean(),
  rows: Type.Integer({ description: 'rows read so far' }),
  products: Type.Integer({ description: 'products read so far' }),
  published: Type.Integer({ description: 'products that were new or had changed' }),
  counted: Type.Integer({ description: 'variants whose stock count was new or had changed' }),
  unchanged: Type.Integer({ description: 'products that were there already, just so' }),
  errors: Type.Array(RowError),
});
export type ImportReport = Static<typeof ImportReport>;
