// Entry `watch`: answers `bell:watch-product`. Loaded when somebody asks.
import { BellWatchProduct, answer } from '@souk/shared-events/browser';
import { bellApi } from './api-client.ts';
import { showOffer, type ToastHost } from './toast.ts';

answer(BellWatchProduct, async ({ sku, wanted }) => {
  const { watching } = await bellApi.watch(sku, wanted);
  const host = document.querySelector<ToastHost>('bell-button');
  // Whoever has just asked to be told knows what it is good for.
  if (watching && wanted && host?.region) void showOffer(host, new AbortController().signal);
  return { watching };
});
