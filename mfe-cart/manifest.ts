import { defineManifest } from '@souk/vite-plugin-mfe/manifest';

/** What the shell knows of the cart. */
export const manifest = defineManifest({
  name: 'cart',
  owner: 'team-cart',
  importance: 'essential',
  entries: { mini: 'element/src/mini.ts', pages: 'element/src/pages.ts' },
  elements: { 'cart-mini': 'mini', 'cart-page': 'pages', 'cart-checkout': 'pages', 'cart-order': 'pages' },
  routes: [
    { path: '/cart', element: 'cart-page', title: 'Cart' },
    { path: '/checkout', element: 'cart-checkout', title: 'Check out', steady: true },
    { path: '/orders/:id', element: 'cart-order', title: 'Your order' },
  ],
  slots: [{ slot: 'header-end', element: 'cart-mini', order: 20 }],
  fragment: 'element/src/fragment.ts',
  api: '/api/cart',
  contract: {
    emits: ['cart:changed'],
    pushes: ['cart:changed', 'cart:operation-finished', 'cart:order-changed', 'cart:saga-changed'],
    listens: [
      'cart:changed',
      'cart:operation-finished',
      'cart:order-changed',
      'catalog:product-changed',
      'shell:locale-changed',
      'shell:push-reset',
    ],
    requests: ['shell:navigate', 'chat:open'],
    handles: { 'cart:add-item': 'mini' },
  },
});
