import { Conflict, Invalid } from '@souk/service-kit';
import type { ApiError } from '@souk/service-kit';
import { RuleBroken } from '../domain/rule-broken.ts';
import { CardRefused } from '../payment/payment-provider.ts';

/** Runs a command and turns what the domain or the payment provider refuses into an answer to the caller. */
export async function refusing<Result>(command: () => Promise<Result>): Promise<Result> {
  try {
    return await command();
  } catch (error) {
    throw asApiError(error) ?? error;
  }
}

function asApiError(cause: unknown): ApiError | undefined {
  if (cause instanceof RuleBroken) {
    const { code, message, details } = cause;
    if (code !== 'invalid-quantity') return new Conflict(code, message, { details, cause });
    return new Invalid(code, message, { errors: [{ pointer: '/body/quantity', detail: message }], cause });
  }
  if (cause instanceof CardRefused) {
    const { code, field, message } = cause;
    return new Invalid(code, message, { errors: [{ pointer: `/body/${field}`, detail: message }], cause });
  }
  return undefined;
}
