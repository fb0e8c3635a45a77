export { createCatalogBackend, type CatalogOptions } from './catalog-backend.ts';
