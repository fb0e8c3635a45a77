import type { Card, PaymentForm, PaymentToken } from '@souk/cart-api';
import type { SoukApp } from '@souk/service-kit';

/** Why a payment came to nothing; `not-confirmed`: the shopper did not confirm it with their bank, or could not. */
export type DeclineReason = 'card-declined' | 'insufficient-funds' | 'not-confirmed';

/** Answer to an authorization. `action-required`: nothing is held until the shopper confirms it with their bank. */
export type Authorization =
  | { readonly type: 'authorized'; readonly authorizationId: string }
  | { readonly type: 'declined'; readonly reason: DeclineReason }
  | { readonly type: 'action-required' };

/** What an authorization is asked with. */
export interface AuthorizeRequest {
  /** Asking again with the same key gives the first answer and never a second authorization. */
  readonly key: string;
  readonly token: string;
  readonly amountCents: number;
  readonly currency: string;
}

/**
 * Who moves the money. Every call is idempotent by `key` and may be repeated after an unknown outcome.
 * A call ends when `signal` aborts: the outcome is then unknown.
 */
export interface PaymentProvider {
  /** How the page asks for a card. */
  readonly form: PaymentForm;
  /**
   * A token that stands for the card, for this shopper only. The card number goes no further than this call.
   * @throws {CardRefused}
   */
  tokenize(card: Card, shopperId: string): Promise<PaymentToken>;
  /** The card behind a token, as far as it may be shown; null when it is unknown, over, or another shopper's. */
  describe(token: string, shopperId: string): Promise<PaymentToken | null>;
  /**
   * Holds the amount. After {@link PaymentProvider.voidAuthorization} of the key it is declined. Asked again while the shopper
   * must confirm, it says how that stands now.
   */
  authorize(request: AuthorizeRequest, signal: AbortSignal): Promise<Authorization>;
  /** Takes what was authorized under the key; false when the authorization is gone. */
  capture(key: string, amountCents: number, signal: AbortSignal): Promise<boolean>;
  /**
   * Gives back what is held and closes the key: an authorization that arrives later holds nothing. False when the money is
   * taken already, and then only a refund gives it back.
   */
  voidAuthorization(key: string, signal: AbortSignal): Promise<boolean>;
  /** Gives back what was captured under the key; done once, however often it is asked for. */
  refund(key: string, amountCents: number, signal: AbortSignal): Promise<void>;
  /**
   * Payments that a shopper must confirm with their bank. Absent where no card asks for that, and then no authorization is
   * `action-required`.
   */
  readonly confirmations?: Confirmations;
  /** Deletes what is kept about a shopper's cards; payments made stay in the books. Absent where nothing is kept. */
  forget?(shopperId: string): Promise<void>;
  /** Adds what the provider calls by itself, to the cart's API. */
  addRoutes?(app: SoukApp): void;
  close(): Promise<void>;
}

/** How a shopper confirms a payment. */
export interface Confirmations {
  /**
   * What the shopper's browser confirms with; for that shopper alone, never kept or logged. Null when nothing waits for it.
   * @throws {Unavailable} the provider does not answer
   */
  secretOf(key: string): Promise<string | null>;
  /** Calls back whenever there is news of a payment; its outcome is asked for by `authorize`. One listener. */
  onNews(listener: (key: string) => void): void;
}

/** The card itself is no good. */
export class CardRefused extends Error {
  readonly code: 'card-number-invalid' | 'card-not-a-test-card' | 'card-expired' | 'card-number-not-taken';
  /** Field of the card. */
  readonly field: 'cardNumber' | 'expiryYear';
  constructor(code: CardRefused['code'], field: CardRefused['field'], message: string) {
    super(message);
    this.name = 'CardRefused';
    this.code = code;
    this.field = field;
  }
}
