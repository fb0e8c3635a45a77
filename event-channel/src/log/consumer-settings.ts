import { assertLogFilter } from '../assert-subject.ts';
import { InvalidSubject } from '../errors.ts';
import type { ConsumeOptions, StreamName, SubjectFilter } from '../port.ts';
import { streamOf } from '../stream-of.ts';
import type { RetryPolicy } from './delivery.ts';
import type { Order } from './store.ts';

export interface ConsumerSettings extends RetryPolicy {
  readonly stream: StreamName;
  readonly durable: string;
  readonly filter: SubjectFilter;
  readonly order: Order;
  readonly maxAckPending: number;
}

/**
 * Consume options with their defaults.
 * @throws {InvalidSubject} the filter does not lie in the stream
 */
export function settingsOf(options: ConsumeOptions): ConsumerSettings {
  const { stream, durable, filter = `${stream}.>`, order = 'per-subject' } = options;
  assertLogFilter(filter);
  if (streamOf(filter) !== stream) throw new InvalidSubject(filter, `it does not lie in the stream "${stream}"`);
  const { ackWaitMs = 30_000, maxDeliver = 5, maxAckPending = 256, backoffMs = [100, 500, 2000, 5000] } = options;
  return { stream, durable, filter, order, ackWaitMs, maxDeliver, maxAckPending, backoffMs };
}
