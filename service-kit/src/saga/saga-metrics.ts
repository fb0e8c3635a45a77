import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { SagaChange } from './saga-book.ts';
import type { SagaCounts } from './saga-table.ts';

/** What is counted about sagas. */
export interface SagaMetrics {
  observe(change: SagaChange): void;
}

export interface SagaMetricsSource {
  readonly counts: () => SagaCounts;
  /** In milliseconds since 1970. */
  readonly oldest: () => { readonly pending?: number; readonly parked?: number };
  readonly now: () => number;
}

/** Counters of what this process decided, and gauges of what the read model holds. */
export function sagaMetrics(registry: Registry, { counts, oldest, now }: SagaMetricsSource): SagaMetrics {
  const registers = [registry];
  const counter = (name: string, help: string) =>
    new Counter({ name: `souk_saga_${name}_total`, help, labelNames: ['definition'] as const, registers });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      ...{ name: `souk_saga_${name}`, help, registers },
      collect() {
        this.set(read());
      },
    });
  const ageSeconds = (at: number | undefined) => (at === undefined ? 0 : Math.max(0, (now() - at) / 1000));

  const started = counter('started', 'Sagas begun');
  const completed = counter('completed', 'Sagas that came to their end');
  const failed = counter('failed', 'Sagas that were undone');
  const parked = counter('parkings', 'Times that a saga stopped to wait for a person');
  const stepSeconds = new Histogram({
    name: 'souk_saga_step_seconds',
    help: 'Time from the first attempt at a step, forward or back, to its success',
    labelNames: ['definition', 'step', 'kind'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  gauge('running', 'Sagas on their way forward', () => counts().running);
  gauge('compensating', 'Sagas on their way back', () => counts().compensating);
  gauge('parked', 'Sagas that wait for a person', () => counts().parked);
  gauge('oldest_pending_seconds', 'Age of the oldest saga that has not ended', () => ageSeconds(oldest().pending));
  gauge('oldest_parked_seconds', 'How long the longest parked saga has waited', () => ageSeconds(oldest().parked));

  return {
    observe({ events, state }) {
      const { definition } = state;
      for (const event of events) {
        if (event.name === 'started') started.inc({ definition });
        if (event.name === 'parked') parked.inc({ definition });
        if (event.name === 'ended') (event.data.outcome === 'completed' ? completed : failed).inc({ definition });
        if (event.name !== 'step-succeeded') continue;
        const { step, kind } = event.data;
        const beganAt = state.steps[step]?.[kind].startedAt;
        if (beganAt !== undefined) stepSeconds.observe({ definition, step, kind }, (event.at - beganAt) / 1000);
      }
    },
  };
}
