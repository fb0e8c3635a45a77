import { describe, expect, it } from 'vitest';
import { judgeServer, parseVersion } from './server-version.ts';

const one = { replicas: 1, syncAlways: false };
const three = { replicas: 3, syncAlways: false };

describe('the version of a nats-server', () => {
  it.each([
    ['2.14.9', [2, 14, 9]],
    ['v2.10.23', [2, 10, 23]],
    ['2.12.0-RC.1', [2, 12, 0]],
    ['newest', undefined],
  ])('is read from "%s"', (text, version) => expect(parseVersion(text)).toEqual(version));

  it.each([
    ['2.8.4', one, /too old/],
    ['', one, /no version/],
    ['2.9.20', three, /several writers win/],
    ['2.9.10', three, /several writers win/],
    ['2.9.25', { replicas: 1, syncAlways: true }, /no sync_interval/],
  ])('%s is refused for what it would silently break', (text, wanted, refusal) => {
    expect(judgeServer(text, wanted).refusal).toMatch(refusal);
  });

  it.each([
    ['2.9.10', one, /known faults/],
    ['2.9.21', three, /known faults/],
    ['2.10.22', one, /known faults/],
    ['2.10.23', three, /replicas differ/],
  ])('%s is used with a warning', (text, wanted, warning) => {
    expect(judgeServer(text, wanted)).toEqual({ warning: expect.stringMatching(warning) });
  });

  it.each([
    ['2.10.23', one],
    ['2.11.0', three],
    ['2.14.9', { replicas: 3, syncAlways: true }],
    ['3.0.0', three],
  ])('%s is used without a word', (text, wanted) => expect(judgeServer(text, wanted)).toEqual({}));
});
