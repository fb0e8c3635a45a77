/**
 * The columns of a Shopify product CSV that the shop reads, with the names they have now first and the older ones after.
 * @see https://help.shopify.com/en/manual/products/import-export/using-csv
 */
const names = {
  handle: ['URL handle', 'Handle'],
  title: ['Title'],
  description: ['Description', 'Body (HTML)', 'Body HTML'],
  vendor: ['Vendor'],
  category: ['Product category', 'Product Category', 'Standard Product Type'],
  type: ['Type', 'Custom Product Type'],
  tags: ['Tags'],
  published: ['Published on online store', 'Published'],
  status: ['Status'],
  sku: ['SKU', 'Variant SKU'],
  option1Name: ['Option1 name', 'Option1 Name'],
  option1Value: ['Option1 value', 'Option1 Value'],
  option2Name: ['Option2 name', 'Option2 Name'],
  option2Value: ['Option2 value', 'Option2 Value'],
  option3Name: ['Option3 name', 'Option3 Name'],
  option3Value: ['Option3 value', 'Option3 Value'],
  price: ['Price', 'Variant Price'],
  compareAtPrice: ['Compare-at price', 'Variant Compare At Price'],
  quantity: ['Inventory quantity', 'Variant Inventory Qty'],
  picture: ['Product image URL', 'Image Src'],
  pictureAlt: ['Image alt text', 'Image Alt Text'],
  variantPicture: ['Variant image URL', 'Variant Image'],
} as const;

/** A column that the shop reads, whatever the file calls it. */
export type Column = keyof typeof names;

/** One row of the file by our column names; a column that the file lacks is an empty text. */
export type Row = Readonly<Record<Column, string>>;

/** A row with the line of the file on which it begins; the header is line 1. */
export interface Line {
  readonly line: number;
  readonly row: Row;
}

/** The file's first line does not have what a product CSV needs. */
export class NotAProductFile extends Error {
  readonly code = 'not-a-product-file';
}

/**
 * Finds our columns in the first line of a file; case and surrounding blanks do not matter.
 * @returns a function that turns one record into a row
 * @throws {NotAProductFile} no title column, or neither price nor SKU
 */
export function readHeader(header: readonly string[]): (record: readonly string[]) => Row {
  const places = new Map(header.map((name, index) => [fold(name), index]));
  const find = (column: Column): number => {
    for (const name of names[column]) {
      const place = places.get(fold(name));
      if (place !== undefined) return place;
    }
    return -1;
  };
  const columns = (Object.keys(names) as Column[]).map((column) => [column, find(column)] as const);
  if (find('title') < 0 || find('price') < 0)
    throw new NotAProductFile(
      'the first line must name the columns "Title" and "Price" (or "Variant Price") of a Shopify product CSV',
    );
  return (record) => Object.fromEntries(columns.map(([column, place]) => [column, record[place]?.trim() ?? ''])) as Row;
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
