// Entry `describe`: answers `catalog:describe-product`. Loaded when somebody asks.
import type { Product } from '@souk/catalog-api';
import { answer, CatalogDescribeProduct } from '@souk/shared-events/browser';
import { getJson, RequestProblem } from './get-json.ts';
import { summaryOf } from './summary.ts';

answer(CatalogDescribeProduct, async ({ slug }) => {
  try {
    return { product: summaryOf(await getJson<Product>(`/api/catalog/products/${encodeURIComponent(slug)}`)) };
  } catch (error) {
    if (error instanceof RequestProblem && (error.status === 404 || error.status === 410)) return { product: null };
    throw error;
  }
});
