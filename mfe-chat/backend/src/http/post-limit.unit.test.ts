import { describe, expect, it } from 'vitest';
import { postLimit } from './post-limit.ts';

describe('The limit of posts', () => {
  it('gives a burst, then one token after the other, to each session for itself.', () => {
    let nowMs = 0;
    const take = postLimit({ burst: 2, perMinute: 60 }, () => new Date(nowMs));
    expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 1000]);
    expect(take('b')).toBe(0);
    nowMs += 400;
    expect(take('a')).toBe(600);
    nowMs += 600;
    expect([take('a'), take('a')]).toEqual([0, 1000]);
  });

  it('never fills above the burst, and a clock that is set back takes nothing away.', () => {
    let nowMs = 1_000_000;
    const take = postLimit({ burst: 1, perMinute: 60 }, () => new Date(nowMs));
    expect(take('a')).toBe(0);
    nowMs -= 500_000;
    expect(take('a')).toBe(1000);
    nowMs += 3_600_000;
    expect([take('a'), take('a')]).toEqual([0, 1000]);
  });
});
