import { readFileSync } from 'node:fs';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { sagaMetrics } from './saga-metrics.ts';

test('the dashboard in docs/ops shows every metric of sagas, and none that there is not', () => {
  const registry = new Registry();
  const counts = () => ({ running: 0, compensating: 0, parked: 0, completed: 0, failed: 0 });
  sagaMetrics(registry, { counts, oldest: () => ({}), now: () => 0 });
  const exported = registry.getMetricsAsArray().map(({ name }) => name);

  const file = new URL('../../../docs/ops/sagas-dashboard.json', import.meta.url);
  const dashboard: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const shown = JSON.stringify(dashboard).match(/souk_[a-z_]+/g) ?? [];
  const names = new Set(shown.map((name) => name.replace(/_(bucket|sum|count)$/, '')));
  expect([...names].toSorted()).toEqual(exported.toSorted());
});
