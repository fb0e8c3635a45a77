import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePrefer } from './prefer.ts';

describe('a Prefer header (RFC 7240)', () => {
  test.each<[string | string[] | undefined, boolean, number | undefined]>([
    [undefined, false, undefined],
    ['', false, undefined],
    ['respond-async', true, undefined],
    ['wait=10', false, 10_000],
    ['wait=0', false, 0],
    ['respond-async, wait=10', true, 10_000],
    ['Respond-Async,WAIT=10', true, 10_000],
    ['wait = 10', false, 10_000],
    ['wait="10"', false, 10_000],
    ['wait="1\\0"', false, 10_000],
    ['wait=10; foo="a, b"; bar', false, 10_000],
    ['foo="respond-async, wait=3", wait=10', false, 10_000],
    ['foo; respond-async', false, undefined],
    [['respond-async', 'wait=10'], true, 10_000],
    [' , ,respond-async,, ', true, undefined],
    ['respond-async=""', true, undefined],
  ])('%j is read', (header, respondAsync, waitMs) => {
    expect(parsePrefer(header)).toEqual({ respondAsync, ...(waitMs === undefined ? {} : { waitMs }) });
  });

  test.each(['wait', 'wait=', 'wait=-1', 'wait=1.5', 'wait=1e3', 'wait=soon', 'wait=10000000000', '=5', 'wait=5 6'])(
    '%j counts as not sent',
    (header) => {
      expect(parsePrefer(header)).toEqual({ respondAsync: false });
      expect(parsePrefer(`${header}, respond-async`)).toEqual({ respondAsync: true });
    },
  );

  test('the first of two counts', () => {
    expect(parsePrefer('wait=1, wait=2')).toEqual({ respondAsync: false, waitMs: 1000 });
  });

  test('any text is read without an error', () => {
    const text = fc.string({ unit: fc.constantFrom('wait', '=', '1', ',', ';', '"', '\\', ' ', 'respond-async', 'é') });
    fc.assert(
      fc.property(text, (header) => {
        const { waitMs } = parsePrefer(header);
        expect(waitMs === undefined || Number.isSafeInteger(waitMs)).toBe(true);
      }),
    );
  });
});
