import { defineManifest } from '@souk/vite-plugin-mfe/manifest';

/** What the shell knows of the catalogue. */
export const manifest = defineManifest({
  name: 'catalog',
  owner: 'team-catalog',
  importance: 'primary',
  entries: { describe: 'element/src/describe.ts', pages: 'element/src/pages.ts', search: 'element/src/search.ts' },
  elements: {
    'catalog-home': 'pages',
    'catalog-list': 'pages',
    'catalog-product': 'pages',
    'catalog-search': 'search',
  },
  routes: [
    { path: '/', element: 'catalog-home', title: 'Souk' },
    { path: '/c/:category', element: 'catalog-list', title: 'Category' },
    { path: '/search', element: 'catalog-list', title: 'Search' },
    { path: '/p/:product', element: 'catalog-product', title: 'Product' },
  ],
  slots: [{ slot: 'header-search', element: 'catalog-search', order: 10 }],
  fragment: 'element/src/fragment.ts',
  api: '/api/catalog',
  contract: {
    emits: ['catalog:product-viewed'],
    pushes: ['catalog:product-changed'],
    listens: ['catalog:product-changed', 'shell:locale-changed', 'shell:navigated', 'shell:push-reset'],
    requests: ['bell:watch-product', 'cart:add-item', 'chat:open', 'shell:navigate'],
    handles: { 'catalog:describe-product': 'describe' },
  },
});
