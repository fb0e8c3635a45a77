import type { FastifyInstance } from 'fastify';
import type { EventChannel } from '@souk/event-channel';
import type { Registry } from '@souk/shell-registry';
import type { Backends } from './backends.ts';
import type { PushHub } from './push/push-hub.ts';

export interface OpsRoutesOptions {
  readonly channel: EventChannel;
  readonly registry: Registry;
  readonly backends: Backends;
  readonly hub: PushHub;
}

/** Health, metrics, and what is deployed: for machines, without a session. */
export const opsRoutes = (app: FastifyInstance, { channel, registry, backends, hub }: OpsRoutesOptions): void => {
  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', async () => {
    await channel.lastPosition('shell');
    // The shop works without any one of them, so a missing backend is told, but does not make the gateway unready.
    const missing = registry.live().filter(({ name }) => !Object.hasOwn(backends, name) || !backends[name]);
    return {
      status: missing.length === 0 ? 'ready' : 'degraded',
      channel: channel.capabilities,
      frontends: Object.fromEntries(registry.live().map(({ name, version }) => [name, version])),
      backendsMissing: missing.map(({ name }) => name),
    };
  });

  app.get('/metrics', (_request, reply) => {
    const ended = [...hub.ended].map(([reason, count]) => `souk_push_streams_ended_total{reason="${reason}"} ${count}`);
    const lines = [
      '# HELP souk_push_streams Event streams that are open.',
      '# TYPE souk_push_streams gauge',
      `souk_push_streams ${hub.size}`,
      '# HELP souk_push_streams_ended_total Event streams that ended, by reason.',
      '# TYPE souk_push_streams_ended_total counter',
      ...ended,
      '# HELP souk_process_resident_memory_bytes Memory of the process.',
      '# TYPE souk_process_resident_memory_bytes gauge',
      `souk_process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    ];
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(`${lines.join('\n')}\n`);
  });

  app.get('/registry/frontends', (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(registry.frontends()),
  );
};
