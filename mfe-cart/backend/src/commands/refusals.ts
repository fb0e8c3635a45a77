import { ApiError, Conflict, Invalid, NotFound } from '@souk/service-kit';
import type { IntegrationData } from '@souk/shared-events/integration';
import { RuleBroken } from '../domain/rule-broken.ts';
import { CardRefused } from '../payment/payment-provider.ts';

/** A request that was refused, as the log keeps it. */
export type Refusal = IntegrationData['cart.request-refused.v1'];

/** Runs a command and turns what the domain or the payment provider refuses into an answer to the caller. */
export async function refusing<Result>(command: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await command();
  } catch (error) {
    throw asApiError(error) ?? error;
  }
}

/** What is kept of a refusal; undefined when this is none, but a fault of ours. */
export function refusalOf(cartId: string, error: unknown): Refusal | undefined {
  const refused = asApiError(error);
  if (refused === undefined || refused.kind === 'stale' || refused.kind === 'unavailable') return undefined;
  const { code, message: detail, details } = refused;
  return { cartId, code, detail, ...(details && { details }) };
}

/** The answer to the caller that a kept refusal means. */
export function refused({ code, detail, details = {} }: Refusal): ApiError {
  if (code === 'unknown-sku' || code === 'not-found') return new NotFound(code, detail);
  if (code === 'invalid-quantity') return invalidQuantity(detail);
  return new Conflict(code, detail, { details: { ...details } });
}

function asApiError(cause: unknown): ApiError | undefined {
  if (cause instanceof ApiError) return cause;
  if (cause instanceof RuleBroken) {
    const { code, message, details } = cause;
    return code === 'invalid-quantity'
      ? invalidQuantity(message, cause)
      : new Conflict(code, message, { details, cause });
  }
  if (cause instanceof CardRefused) {
    const { code, field, message } = cause;
    return new Invalid(code, message, { errors: [{ pointer: `/body/${field}`, detail: message }], cause });
  }
  return undefined;
}

function invalidQuantity(message: string, cause?: RuleBroken): Invalid {
  const errors = [{ pointer: '/body/quantity', detail: message }];
  return new Invalid('invalid-quantity', message, { errors, ...(cause && { cause }) });
}
