import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { subjectToken } from './subject-token.ts';

const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('', '\ud800', '\udfff', '\ufffd'));

it('leaves what is a token already as it is', () => {
  expect(['ZLG-01', 'a_b', '7'].map(subjectToken)).toEqual(['ZLG-01', 'a_b', '7']);
});

it('encodes everything else as base64url of its UTF-8', () => {
  expect(subjectToken('a b/ü')).toBe('b64_YSBiL8O8');
  expect(subjectToken('😀.>*')).toBe('b64_8J-YgC4-Kg');
  expect(subjectToken('')).toBe('b64_');
  expect(subjectToken('b64_YQ')).toBe('b64_YjY0X1lR');
});

it('is always one token', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(subjectToken(text)).toMatch(/^[A-Za-z0-9_-]+$/);
    }),
  );
});

it('never gives two texts the same token', () => {
  fc.assert(
    fc.property(anyText, anyText, (one, other) => {
      expect(subjectToken(one) === subjectToken(other)).toBe(one === other);
      expect(subjectToken(subjectToken(one)) === subjectToken(one)).toBe(!subjectToken(one).startsWith('b64_'));
    }),
  );
});
