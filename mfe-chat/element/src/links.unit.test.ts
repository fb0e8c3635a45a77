import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardsOf, linked, shownBy } from './links.ts';

const hrefs = (text: string) => linked(text).flatMap((piece) => (typeof piece === 'string' ? [] : [piece.href]));

describe('Addresses in a text', () => {
  it('are found without the sentence around them.', () => {
    expect(linked('See https://souk.example/p/tile, or (http://a.example/x_(y)).')).toEqual([
      'See ',
      { href: 'https://souk.example/p/tile', text: 'https://souk.example/p/tile' },
      ', or (',
      { href: 'http://a.example/x_(y)', text: 'http://a.example/x_(y)' },
      ').',
    ]);
  });

  it('are never anything that runs, or that looks like another address.', () => {
    for (const text of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)//http',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:msgbox(1)',
      'blob:http',
      'file:///etc/passwd',
      '//evil.example/x',
      'https://paypal.com@evil.example/',
      'https://user:pass@evil.example/',
      'https://',
      'http:// spaced',
      'xhttps//a.b',
    ])
      expect(hrefs(text), text).toEqual([]);
    expect(hrefs('https://a.example/"onmouseover="alert(1)')).toEqual(['https://a.example/']);
    expect(hrefs('https://a.example/<script>')).toEqual(['https://a.example/']);
  });

  it('leave the text as it was, whatever it is, and lead only to http and https.', () => {
    const parts = fc.constantFrom(
      'https://',
      'http://',
      'a.example',
      '/',
      '(',
      ')',
      '.',
      ' ',
      '@',
      'javascript:',
      '"',
      '<',
      '\n',
      'é',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(parts).map((some) => some.join('')),
        ),
        (text) => {
          const pieces = linked(text);
          expect(pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('')).toBe(text);
          for (const { protocol, username, password } of hrefs(text).map((href) => new URL(href))) {
            expect(protocol).toMatch(/^https?:$/);
            expect(username + password).toBe('');
          }
        },
      ),
    );
  });

  it('of products and orders of this shop are cards, and no others are.', () => {
    const origin = 'https://souk.example';
    expect(shownBy(`${origin}/p/fes-tile?variant=x#y`, origin)).toEqual({ kind: 'product', id: 'fes-tile' });
    expect(shownBy(`${origin}/orders/o_1`, origin)).toEqual({ kind: 'order', id: 'o_1' });
    for (const href of [
      'https://evil.example/p/x',
      `${origin}/p/`,
      `${origin}/p/%E0`,
      `${origin}/p/a%2Fb`,
      `${origin}/cart`,
      'x',
    ])
      expect(shownBy(href, origin), href).toBeUndefined();
    expect(cardsOf('no address', { kind: 'order', id: 'o_1' })).toEqual([{ kind: 'order', id: 'o_1' }]);
  });
});
