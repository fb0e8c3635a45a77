export { Category, CategoryList, Home, Suggestions } from './browse.ts';
export { ImportReport, RowError } from './import.ts';
export {
  Facets,
  ListHelp,
  Picture,
  Product,
  ProductCard,
  ProductList,
  ProductOption,
  ProductQuery,
  sortOrders,
  Variant,
  type SortOrder,
} from './products.ts';
