import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context, Span } from '@opentelemetry/api';
import type { SagaChange } from './saga-book.ts';
import type { SagaLegKind } from './definition.ts';
import type { SagaEvent } from './saga-event.ts';
import type { SagaState } from './state.ts';

/** Makes OpenTelemetry spans of what sagas did. */
export interface SagaSpans {
  observe(change: SagaChange): void;
}

/** A step that has ended, one way or the other. */
type StepEnd = Extract<SagaEvent, { name: 'step-succeeded' | 'step-failed' | 'step-timed-out' }>;

/**
 * One span per saga and one per step, forward and back, in the trace that the saga began in. Spans are made when they end,
 * with the times of the events, so a restart in between loses none; only the saga's own is kept open while it is in this
 * process, so that the steps hang under it. Without a registered SDK all this is a few calls that do nothing.
 */
export function sagaSpans(): SagaSpans {
  const tracer = trace.getTracer('@souk/service-kit');
  const open = new Map<string, Span>();

  const sagaSpan = (state: SagaState, parent: Context) =>
    tracer.startSpan(
      state.definition,
      {
        kind: SpanKind.INTERNAL,
        startTime: state.startedAt,
        attributes: { 'saga.id': state.id, 'saga.definition': state.definition, 'saga.version': state.version },
      },
      parent,
    );
  const stepSpan = ({ id, steps }: SagaState, { name, at, data }: StepEnd, parent: Context) => {
    const { step, kind, attempt } = data;
    const startTime = steps[step]?.[kind].startedAt ?? at;
    const attributes = { 'saga.id': id, 'saga.step': step, 'saga.kind': kind, 'saga.attempts': attempt };
    const span = tracer.startSpan(nameOf(step, kind), { kind: SpanKind.INTERNAL, startTime, attributes }, parent);
    if (name !== 'step-succeeded') {
      const message = name === 'step-failed' ? data.reason : 'no answer';
      span.setStatus({ code: SpanStatusCode.ERROR, message });
    }
    span.end(at);
  };

  return {
    observe({ id, state, events, trail }) {
      const parent = contextOf(trail.traceparent);
      for (const event of events) {
        if (event.name === 'started') {
          const span = sagaSpan(state, parent);
          if (span.isRecording()) open.set(id, span);
        }
        const own = open.get(id);
        if (event.name === 'step-succeeded' || isLast(event)) {
          stepSpan(state, event, own === undefined ? parent : trace.setSpan(ROOT_CONTEXT, own));
        }
        if (event.name === 'parked') own?.addEvent('parked', { reason: event.data.reason }, event.at);
        if (event.name !== 'ended') continue;
        const span = own ?? sagaSpan(state, parent);
        if (event.data.outcome === 'failed') {
          span.setStatus({ code: SpanStatusCode.ERROR, message: event.data.reason ?? 'failed' });
        }
        span.end(event.at);
        open.delete(id);
      }
    },
  };
}

/** Whether a step ended with this failure: it is not tried again. */
function isLast(event: SagaChange['events'][number]): event is StepEnd {
  return (event.name === 'step-failed' || event.name === 'step-timed-out') && event.data.retryAt === undefined;
}

function nameOf(step: string, kind: SagaLegKind): string {
  return kind === 'forward' ? step : `undo ${step}`;
}

function contextOf(traceparent: string | undefined): Context {
  const [, traceId, spanId, flags] = traceparent?.split('-') ?? [];
  if (traceId === undefined || spanId === undefined) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags ?? '0', 16);
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}
