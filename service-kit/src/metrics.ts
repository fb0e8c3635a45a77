import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Follower, FollowerStatus } from './follower.ts';

/** What one backend measures of itself, in Prometheus' text format. */
export interface Metrics {
  readonly registry: Registry;
  /** @param route the route's pattern, never the address: few values, and nothing private */
  observeRequest(method: string, route: string, status: number, seconds: number): void;
}

/** Metrics of one app in a registry of its own, so that several backends can live in one process. */
export function createMetrics(name: string, followers: readonly Follower[]): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ backend: name });
  const registers = [registry];

  const duration = new Histogram({
    name: 'souk_http_request_duration_seconds',
    help: 'Time from request to the end of its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const failures = new Counter({
    name: 'souk_http_server_errors_total',
    help: 'Answers with a status of 500 or more',
    labelNames: ['route'] as const,
    registers,
  });
  const gauge = (gaugeName: string, help: string, read: (status: FollowerStatus) => readonly [string, number][]) =>
    new Gauge({
      name: gaugeName,
      help,
      labelNames: ['follower', 'stream'] as const,
      registers,
      async collect() {
        for (const follower of followers) {
          // One that is closing has nothing to tell; the other numbers are still of use.
          const status = await follower.status().catch(() => undefined);
          if (status === undefined) continue;
          for (const [stream, value] of read(status)) this.set({ follower: follower.name, stream }, value);
        }
      },
    });
  gauge('souk_follower_position', 'Position reached in the log', ({ streams }) =>
    streams.map(({ stream, position }) => [stream, position]),
  );
  gauge('souk_follower_lag', 'Positions behind the end of the log', ({ streams }) =>
    streams.map(({ stream, lag }) => [stream, lag]),
  );
  gauge('souk_dead_letters', 'Events given up on, waiting for a person', ({ streams, deadLetters }) =>
    streams.slice(0, 1).map(({ stream }) => [stream, deadLetters]),
  );

  return {
    registry,
    observeRequest(method, route, status, seconds) {
      duration.observe({ method, route, status: String(status) }, seconds);
      if (status >= 500) failures.inc({ route });
    },
  };
}
