import { CartApiError, isOutcomeUnknown } from './cart-api.ts';
import { fieldOf } from './checkout-form.ts';
import type { FieldErrors } from './checkout-form.ts';

/** What the server said no to: fields, or the whole. */
export interface Refusal {
  readonly errors: FieldErrors;
  readonly message: string | undefined;
  /** The outcome is not known: the order may have been placed. */
  readonly unknown: boolean;
}

/** How to show what a call threw. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof CartApiError))
    return { errors: {}, message: 'Something went wrong. Please try again.', unknown: true };
  const errors: FieldErrors = {};
  for (const { pointer, detail } of error.problem.errors ?? []) {
    const field = fieldOf(pointer);
    if (field)
      errors[field] ??= error.code === 'invalid' && !pointer.includes('/delivery/') ? 'Check this field' : detail;
  }
  const hasFields = Object.keys(errors).length > 0;
  return { errors, message: hasFields ? undefined : error.message, unknown: isOutcomeUnknown(error) };
}
