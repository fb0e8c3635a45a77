import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Closable } from '@souk/service-kit';

/**
 * Sends the spans of this process to a collector over OTLP/HTTP with JSON, in batches, from now until it is closed; what
 * waits then is sent. Every trace counts, whatever the caller's `traceparent` says of sampling.
 * @param endpoint as in `OTEL_EXPORTER_OTLP_ENDPOINT`: the collector without `/v1/traces`
 */
export function exportTraces(endpoint: string): Closable {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    sampler: new AlwaysOnSampler(),
    resource: resourceFromAttributes({ 'service.name': 'souk' }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  trace.setGlobalTracerProvider(provider);
  return {
    async close() {
      trace.disable();
      await provider.shutdown();
    },
  };
}
