import { describe, expect, test } from 'vitest';
import type { FollowerStatus } from './follower.ts';
import { readiness } from './health.ts';
import { createMetrics } from './metrics.ts';

const follower = (status: Partial<FollowerStatus>) => ({
  name: 'f',
  status: async (): Promise<FollowerStatus> => ({
    name: 'f',
    kind: 'projection',
    caughtUp: true,
    deadLetters: 0,
    streams: [{ stream: 'demo', position: 7, lag: 2 }],
    ...status,
  }),
});

describe('readiness', () => {
  test('is ready when every check passes and every follower has caught up', async () => {
    const answer = await readiness({ checks: { disk: async () => undefined }, followers: [follower({})] });
    expect(answer).toMatchObject({ status: 'ready', checks: { disk: { status: 'ok' } }, followers: [{ name: 'f' }] });
  });

  test('is not ready when a check fails, and says why', async () => {
    const answer = await readiness({ checks: { disk: () => Promise.reject(new Error('the disk is full')) } });
    expect(answer).toMatchObject({
      status: 'not-ready',
      checks: { disk: { status: 'failed', detail: 'the disk is full' } },
    });
  });

  test('is not ready while a projection is still reading what was there before', async () => {
    expect((await readiness({ followers: [follower({ caughtUp: false })] })).status).toBe('not-ready');
  });

  test.each([{ deadLetters: 1 }, { failing: 'stuck' }])('is degraded, yet answers, with %j', async (status) => {
    expect((await readiness({ followers: [follower(status)] })).status).toBe('degraded');
  });

  test('is not ready when a follower cannot tell its status', async () => {
    const broken = { name: 'f', status: () => Promise.reject(new Error('closed')) };
    expect(await readiness({ followers: [broken] })).toMatchObject({
      status: 'not-ready',
      followers: [{ failing: 'closed' }],
    });
  });
});

describe('metrics', () => {
  test('show requests by route and status, and how far followers are', async () => {
    const metrics = createMetrics('demo', [follower({ deadLetters: 3 })]);
    metrics.observeRequest('GET', '/api/demo/things/:id', 200, 0.004);
    metrics.observeRequest('GET', '/api/demo/things/:id', 500, 0.004);
    const text = await metrics.registry.metrics();
    const labels = 'follower="f",stream="demo",backend="demo"';
    const request = 'backend="demo",method="GET",route="/api/demo/things/:id",status="200"';
    expect(text).toContain(`souk_http_request_duration_seconds_count{${request}} 1`);
    expect(text).toContain('souk_http_server_errors_total{route="/api/demo/things/:id",backend="demo"} 1');
    expect(text).toContain(`souk_follower_position{${labels}} 7`);
    expect(text).toContain(`souk_follower_lag{${labels}} 2`);
    expect(text).toContain(`souk_dead_letters{${labels}} 3`);
  });

  test('of two apps in one process do not mix', async () => {
    const [a, b] = [createMetrics('a', []), createMetrics('b', [])];
    a.observeRequest('GET', '/x', 200, 1);
    expect(await b.registry.metrics()).not.toContain('/x');
  });

  test('still show requests when a follower cannot tell its status', async () => {
    const metrics = createMetrics('demo', [{ name: 'f', status: () => Promise.reject(new Error('closed')) }]);
    metrics.observeRequest('GET', '/x', 200, 1);
    expect(await metrics.registry.metrics()).toContain('/x');
  });
});
