/** Rules of the shop that a command can break. */
export type Rule =
  'invalid-quantity' | 'not-enough-stock' | 'cart-full' | 'cart-empty' | 'cart-handed-over' | 'order-not-payable';

/** A command that the domain refuses; nothing has happened. */
export class RuleBroken extends Error {
  readonly code: Rule;
  readonly details: Readonly<Record<string, unknown>>;
  constructor(code: Rule, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'RuleBroken';
    this.code = code;
    this.details = details;
  }
}
