import { CatalogHome } from './home/catalog-home.ts';
import { CatalogList } from './list/catalog-list.ts';
import { CatalogProduct } from './product/catalog-product.ts';

const elements = { 'catalog-home': CatalogHome, 'catalog-list': CatalogList, 'catalog-product': CatalogProduct };

for (const [tag, element] of Object.entries(elements))
  if (!customElements.get(tag)) customElements.define(tag, element);
