import { brotliDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTemplate } from './template.ts';

const nonce = 'N0nceN0nceN0nceN0nce22';
const position = '"P0sitionP0sitio"';
const page = (items: readonly string[], some = nonce, at = position): string =>
  `<!doctype html><script nonce="${some}">{}</script><p>${at}</p>` +
  items
    .map((item) => `<style nonce="${some}">.${item} { color: red }</style><a href="/p/${item}">${item}</a>`)
    .join('');

it('gives the text with other values at the markers, plain and packed, however often they stand there', async () => {
  const words = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 60 });
  const values = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/);
  await fc.assert(
    fc.asyncProperty(words, values, async (items, other) => {
      const template = await createTemplate(page(items), [nonce, position]);
      // A page that does not pack like that is packed each time anew; none of these is one.
      expect(template).toBeDefined();
      const at = '"7"'.padEnd(position.length);
      const text = page(items, other, at);
      expect(template!.plain([other, at]).toString()).toBe(text);
      expect(brotliDecompressSync(template!.packed([other, at])).toString()).toBe(text);
    }),
    { numRuns: 60 },
  );
});

it('is none for a text that lacks a marker', async () => {
  expect(await createTemplate('<p>nothing</p>', [nonce])).toBeUndefined();
});
