import { ChannelClosed, LogDamaged, LogUnavailable, WrongRevision } from '@souk/event-channel';
import { describe, expect, test } from 'vitest';
import {
  Conflict,
  Forbidden,
  Invalid,
  Gone,
  NotFound,
  RateLimited,
  Stale,
  TooLarge,
  Unauthenticated,
  Unavailable,
  Unprocessable,
} from './api-error.ts';
import { toProblem } from './problem-details.ts';

describe('toProblem', () => {
  test.each([
    [new Invalid(), 400, 'invalid'],
    [new Unauthenticated(), 401, 'unauthenticated'],
    [new Forbidden(), 403, 'forbidden'],
    [new NotFound('unknown-thing', 'no such thing'), 404, 'unknown-thing'],
    [new Gone('former-thing', 'no such thing any more'), 410, 'former-thing'],
    [new Conflict(), 409, 'conflict'],
    [new Stale(), 409, 'stale'],
    [new TooLarge(), 413, 'too-large'],
    [new Unprocessable(), 422, 'unprocessable'],
    [new RateLimited(), 429, 'rate-limited'],
    [new Unavailable(), 503, 'unavailable'],
    [new WrongRevision('a.b', '1', '2'), 409, 'conflict'],
    [new ChannelClosed(), 503, 'unavailable'],
    [new LogUnavailable('the disk is full'), 503, 'log-unavailable'],
    [new LogDamaged('/data/events.db', 7, 'a bit flipped'), 503, 'log-damaged'],
    [new Error('private'), 500, 'internal'],
    ['thrown text', 500, 'internal'],
    [undefined, 500, 'internal'],
  ])('gives %s the status %i and the code %s', (error, status, code) => {
    const { problem } = toProblem(error);
    expect(problem).toMatchObject({ status, code, type: `https://souk.example/problems/${code}` });
    expect(problem.title).not.toBe('');
  });

  test('says nothing of an error that it does not know', () => {
    expect(JSON.stringify(toProblem(new Error('the password is 1234')))).not.toContain('1234');
  });

  test('takes a subclass of a backend for what it is', () => {
    class SoldOut extends Conflict {
      constructor() {
        super('sold-out', 'nothing is left', { details: { available: 0 } });
      }
    }
    expect(toProblem(new SoldOut()).problem).toMatchObject({ status: 409, code: 'sold-out', available: 0 });
  });

  test('does not let details overwrite the standard members', () => {
    const error = new Conflict('c', 'm', { details: { status: 200, code: 'x', more: 1 } });
    expect(toProblem(error).problem).toMatchObject({ status: 409, code: 'c', more: 1 });
  });

  test('sets the headers that HTTP asks for: when to come back, in whole seconds, and how to prove who you are', () => {
    expect(toProblem(new RateLimited('r', 'm', { retryAfterMs: 1200 })).headers).toEqual({ 'retry-after': '2' });
    expect(toProblem(new Unavailable()).headers).toEqual({ 'retry-after': '1' });
    expect(toProblem(new Conflict()).headers).toEqual({});
    expect(toProblem(new Unauthenticated()).headers).toEqual({ 'www-authenticate': 'Session' });
  });
});
