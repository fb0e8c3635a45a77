import { CartApiError, isOutcomeUnknown } from './cart-api.ts';
import { fieldOf } from './checkout-form.ts';
import type { FieldErrors } from './checkout-form.ts';
import { isBackendsLanguage, say } from './say.ts';

/** What the server said no to: fields, or the whole. */
export interface Refusal {
  readonly errors: FieldErrors;
  readonly message: string | undefined;
  /** The outcome is not known: the order may have been placed. */
  readonly unknown: boolean;
}

/** How to show what a call threw. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof CartApiError)) return { errors: {}, message: say().wentWrongTryAgain, unknown: true };
  const errors: FieldErrors = {};
  for (const { pointer, detail } of error.problem.errors ?? []) {
    const field = fieldOf(pointer);
    if (field) errors[field] ??= isDevelopersDetail(error.code, pointer) ? say().checkout.checkField : detail;
  }
  const hasFields = Object.keys(errors).length > 0;
  return { errors, message: hasFields ? undefined : error.message, unknown: isOutcomeUnknown(error) };
}

/** What the framework says of a field is for developers; what the cart says of an address is for shoppers, in English. */
function isDevelopersDetail(code: string, pointer: string): boolean {
  return !isBackendsLanguage() || (code === 'invalid' && !pointer.includes('/delivery/'));
}
