import { expect, it } from 'vitest';
import { measureBundle } from '../scripts/measure-bundle.ts';

const reachBytes = 2048;

it('the runtime and one event add at most 2 KB brotli to a micro frontend', async () => {
  const code = `import { emit, listen, ask, answer, RequestFailed, CartChanged, CartAddItem } from '@souk/shared-events/browser';
    globalThis.use = [emit, listen, ask, answer, RequestFailed, CartChanged, CartAddItem];`;
  expect((await measureBundle(code)).brotliBytes).toBeLessThanOrEqual(reachBytes);
});

it('an event that is not used adds nothing, and no schema is bundled', async () => {
  const code = `import { emit, CartChanged } from '@souk/shared-events/browser'; globalThis.use = [emit, CartChanged];`;
  const { source } = await measureBundle(code);
  expect(source).toContain('cart:changed');
  expect(source).not.toMatch(/catalog:|chat:|shell:|add-item|properties|required|request/);
});
