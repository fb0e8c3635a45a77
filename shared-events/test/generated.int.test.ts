import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { expect, it } from 'vitest';
import { generatedFiles } from '../scripts/generated-files.ts';

const generated = join(import.meta.dirname, '../generated');
const read = (name: string): string => readFileSync(join(generated, name), 'utf8');

it('what is committed is what the contract and the manifests generate now', async () => {
  for (const [name, content] of Object.entries(await generatedFiles())) {
    expect(read(name), `${name} is stale: run node shared-events/scripts/generate.ts`).toBe(content);
  }
});

it('the guards need no eval and no library, so that they live under a strict CSP', () => {
  expect(read('guards.js')).not.toMatch(/\beval\b|\bFunction\b|^import /m);
});

it('the AsyncAPI document is valid, with every channel, message and reply', async () => {
  const { document, diagnostics } = await new Parser().parse(read('asyncapi.json'));
  expect(diagnostics).toEqual([]);
  expect(document?.version()).toMatch(/^3\./);
  const operation = document?.operations().get('ask-cart-add-item');
  expect(operation?.action()).toBe('send');
  expect(operation?.reply()?.channel()?.address()).toBe('cart:add-item:reply');
  expect(document?.channels().get('catalog-product-slug')?.address()).toBe('catalog.product.{slug}');
});
