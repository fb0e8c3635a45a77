import type { FastifyInstance } from 'fastify';
import { Counter, Gauge } from 'prom-client';
import type { EventChannel } from '@souk/event-channel';
import { createMetrics } from '@souk/service-kit';
import type { Registry } from '@souk/shell-registry';
import type { FileWatch } from './assets/file-watch.ts';
import type { Backends } from './backends.ts';
import type { PushCounts } from './push/push-counts.ts';
import type { PushHub } from './push/push-hub.ts';
import { deploymentHeader } from './page/pages.ts';
import type { HealthWatch } from './reports/health-watch.ts';
import { reportMetrics } from './reports/report-metrics.ts';

export interface OpsRoutesOptions {
  readonly channel: EventChannel;
  readonly registry: Registry;
  readonly backends: Backends;
  readonly hub: PushHub;
  readonly health: HealthWatch;
  readonly files: FileWatch;
}

/** Health, metrics, and what is deployed: for machines, without a session. */
export const opsRoutes = (
  app: FastifyInstance,
  { channel, registry, backends, hub, health, files }: OpsRoutesOptions,
): void => {
  const metrics = createMetrics('gateway', []);
  pushMetrics(metrics.registry, hub);
  reportMetrics(metrics.registry, health);
  new Gauge({
    name: 'souk_mfe_damaged_files',
    help: 'Stored files of micro frontends that are not what was published',
    registers: [metrics.registry],
    collect() {
      this.set(files.damaged);
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? '(unknown)';
    const { method } = request;
    metrics.observeRequest(method, route, reply.statusCode, reply.elapsedTime / 1000);
    const deployment = reply.getHeader(deploymentHeader);
    request.log.debug(
      { method, route, status: reply.statusCode, durationMs: Math.round(reply.elapsedTime), deployment },
      'request',
    );
  });

  app.get('/healthz', () => ({ status: 'alive' }));

  app.get('/readyz', async () => {
    await channel.lastPosition('shell');
    // The shop works without any one of them, so a missing backend is told, but does not make the gateway unready.
    const withBackend = registry.live().flatMap(({ name, api }) => (api === undefined ? [] : [name]));
    const names = new Set([...Object.keys(backends), ...withBackend]);
    const missing = [...names].filter((name) => !Object.hasOwn(backends, name) || !backends[name]);
    return {
      status: missing.length === 0 ? 'ready' : 'degraded',
      channel: channel.capabilities,
      frontends: Object.fromEntries(registry.live().map(({ name, version }) => [name, version])),
      canaries: Object.fromEntries(
        Object.values(registry.deployments()).flatMap(({ name, canary }) => (canary ? [[name, canary] as const] : [])),
      ),
      backends: withBackend,
      backendsMissing: missing,
    };
  });

  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
};

const pushMetrics = (registry: ReturnType<typeof createMetrics>['registry'], hub: PushHub): void => {
  const registers = [registry];
  new Gauge({
    name: 'souk_push_streams',
    help: 'Event streams that are open',
    registers,
    collect() {
      this.set(hub.size);
    },
  });
  new Gauge({
    name: 'souk_push_streams_ended',
    help: 'Event streams that ended since the start, by reason',
    labelNames: ['reason'] as const,
    registers,
    collect() {
      for (const [reason, count] of hub.ended) this.set({ reason }, count);
    },
  });
  for (const [count, help] of Object.entries(pushCounts) as [keyof PushCounts, string][]) {
    new Counter({
      name: `souk_push_${count.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_total`,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(hub.counts[count]);
      },
    });
  }
};

const pushCounts: Readonly<Record<keyof PushCounts, string>> = {
  opened: 'Event streams that were opened',
  sent: 'Messages handed to event streams, one for each stream that heard it',
  replayed: 'Messages that a stream had missed and was handed later',
  resets: 'Times a browser was told to fetch everything again',
  gaps: 'Times the log was read anew because it had grown without a word',
  now: 'Signals of the moment handed to event streams, one for each stream that heard it',
  nowDropped: 'Signals of the moment that a slow reader was spared',
};
