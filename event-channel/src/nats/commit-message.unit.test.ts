import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeCommit,
  eventsOf,
  lastPositionIn,
  positionsPerMessage,
  sequenceOf,
  sequenceOfRevision,
} from './commit-message.ts';
import { namesIn, tokenOf } from './names.ts';

const sequences = fc.integer({ min: 1, max: 2 ** 39 });

describe('positions of events in messages', () => {
  it('grow through commits of any size and lead back to their message', () => {
    const commits = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(sequences, commits, (first, sizes) => {
        const positions = sizes.flatMap((size, index) => {
          const sequence = first + index;
          const data = Buffer.from(encodeCommit(Array.from({ length: size }, () => '{}')));
          const events = eventsOf('cart', { sequence, subject: 'cart.a', data });
          expect(events.at(-1)?.position).toBe(lastPositionIn(sequence));
          for (const { position } of events) expect(sequenceOf(position)).toBe(sequence);
          return events.map(({ position }) => position);
        });
        expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b));
        expect(positions.every(Number.isSafeInteger)).toBe(true);
      }),
    );
  });

  it('behind the last event of a message lie in the next one', () => {
    fc.assert(fc.property(sequences, (sequence) => sequenceOf(lastPositionIn(sequence) + 1) === sequence + 1));
  });

  it('are revisions only where a message ends', () => {
    expect(sequenceOfRevision(lastPositionIn(7))).toBe(7);
    for (const revision of [0, -positionsPerMessage, 1, lastPositionIn(7) - 1, 0.5, Infinity]) {
      expect(sequenceOfRevision(revision)).toBeUndefined();
    }
  });

  it('are not made up for a message that somebody else wrote', () => {
    for (const text of ['{"hello":1}', 'hello', '']) {
      const foreign = { sequence: 3, subject: 'cart.a', data: Buffer.from(text) };
      expect(() => eventsOf('cart', foreign)).toThrow(/message 3 on "cart.a" is no batch/);
    }
  });
});

describe('names on the server', () => {
  it('lie outside the subjects of every stream, save those of the log', () => {
    const names = namesIn('');
    expect(names.logged('cart.a')).toBe('cart.a');
    for (const name of [names.published('cart.a'), names.requested('cart.a'), names.durable('cart', 'd')]) {
      expect(name).toMatch(/^\$SOUK\./);
    }
    expect(namesIn('shop').logged('cart.a')).toBe('shop=.cart.a');
    expect(namesIn('shop').fromLogged('shop=.cart.a')).toBe('cart.a');
  });

  it('make one token of any text, and never the same of two', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(fc.property(text, (one) => /^=?[A-Za-z0-9_-]*$/.test(tokenOf(one))));
    fc.assert(fc.property(text, text, (one, two) => one === two || tokenOf(one) !== tokenOf(two)));
  });

  it('are refused in a namespace with other characters', () => {
    expect(() => namesIn('a.b')).toThrow(RangeError);
  });
});
