import { Gauge } from 'prom-client';
import type { Registry as Metrics } from 'prom-client';
import type { HealthWatch, VersionHealth } from './health-watch.ts';

/** How each live version does, for a monitoring system: no more series than there are live versions. */
export const reportMetrics = (metrics: Metrics, health: HealthWatch): void => {
  const registers = [metrics];
  const labelNames = ['mfe', 'version', 'role'] as const;
  for (const [name, help, read] of gauges) {
    new Gauge({
      ...{ name, help, labelNames, registers },
      collect() {
        this.reset();
        for (const one of health.health()) {
          const { name: mfe, version, role } = one;
          const value = read(one);
          if (value !== undefined) this.set({ mfe, version, role }, value);
        }
      },
    });
  }
  new Gauge({
    name: 'souk_mfe_rolled_back',
    help: 'Canaries that this process has rolled back by itself since its start',
    registers,
    collect() {
      this.set(health.rolledBack);
    },
  });
};

const gauges: readonly (readonly [string, string, (health: VersionHealth) => number | undefined])[] = [
  ['souk_mfe_sessions', 'Sessions of the last hour that told how this version does', ({ sessions }) => sessions],
  ['souk_mfe_sessions_failed', 'Of these, sessions in which it failed', ({ failed }) => failed],
  [
    'souk_mfe_sessions_start_failed',
    'Of these, sessions in which it did not come up',
    ({ startFailed }) => startFailed,
  ],
  ['souk_mfe_load_p50_ms', 'Time until it stood on the page, median', ({ loadedMs }) => loadedMs?.p50],
  ['souk_mfe_load_p95_ms', 'Time until it stood on the page, 95th percentile', ({ loadedMs }) => loadedMs?.p95],
];
