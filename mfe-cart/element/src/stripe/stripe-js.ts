import { localeNow } from '@souk/shared-events/browser';

/** What we use of Stripe.js. @see https://docs.stripe.com/js */
export interface StripeJs {
  elements(options: object): StripeElements;
  createPaymentMethod(options: { readonly elements: StripeElements }): Promise<{
    readonly paymentMethod?: {
      readonly id: string;
      readonly card?: { readonly brand: string; readonly last4: string };
    };
    readonly error?: StripeError;
  }>;
  /** Lets the shopper answer their bank. Resolves when that is over, one way or the other. */
  handleNextAction(options: { readonly clientSecret: string }): Promise<{ readonly error?: StripeError }>;
}

/** Fields of Stripe's that belong together. */
export interface StripeElements {
  create(type: 'payment', options: object): StripeElement;
  update(options: { readonly amount: number }): void;
  /** Checks what was typed; Stripe says beside its fields what is wrong. */
  submit(): Promise<{ readonly error?: StripeError }>;
}

/** A field of Stripe's, in a frame. */
export interface StripeElement {
  mount(at: HTMLElement): void;
  on(event: 'ready' | 'loaderror', heard: () => void): void;
  focus(): void;
  destroy(): void;
}

interface StripeError {
  /** For the shopper. */
  readonly message?: string;
}

type Factory = (publishableKey: string, options: { readonly locale: string }) => StripeJs;

/** Stripe wants it loaded from here, never copied. */
const source = 'https://js.stripe.com/clover/stripe.js';
/** The pages whose document may hold Stripe's frames: the gateway's policy says so, for these alone. */
const pages = /^\/(checkout|orders\/[^/]+)$/;

let loading: Promise<Factory> | undefined;

/**
 * Stripe.js, loaded once, when it is first needed. A document that was not made for it, since the shopper came here by a
 * link inside the shop, is loaded anew.
 * @throws {Error} it cannot be loaded; the next call tries again
 */
export async function stripeJs(publishableKey: string): Promise<StripeJs> {
  if (!pages.test(documentPath())) {
    location.reload();
    return new Promise<never>(() => undefined);
  }
  loading ??= load();
  try {
    return (await loading)(publishableKey, { locale: localeNow().locale });
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

/** Where the document came from, whatever the address has become since. */
function documentPath(): string {
  const [navigation] = performance.getEntriesByType('navigation');
  return navigation ? new URL(navigation.name).pathname : location.pathname;
}

function load(): Promise<Factory> {
  trustStripe();
  const script = document.createElement('script');
  script.src = source;
  script.async = true;
  return new Promise((resolve, reject) => {
    script.addEventListener('load', () => {
      const { Stripe } = globalThis as { Stripe?: Factory };
      if (Stripe) resolve(Stripe);
      else reject(new Error('Stripe.js brought nothing'));
    });
    script.addEventListener('error', () => {
      script.remove();
      reject(new Error('Stripe.js cannot be loaded'));
    });
    document.head.append(script);
  });
}

interface TrustedTypes {
  readonly defaultPolicy: unknown;
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

/** Scripts of Stripe's may load their parts; nothing else becomes possible, and HTML least of all. */
function trustStripe(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes || trustedTypes.defaultPolicy) return;
  trustedTypes.createPolicy('default', {
    createScriptURL(url) {
      const { protocol, hostname } = new URL(url, location.href);
      const isStripe = hostname === 'js.stripe.com' || hostname.endsWith('.js.stripe.com');
      if (protocol === 'https:' && isStripe) return url;
      throw new TypeError('only Stripe’s scripts may be loaded');
    },
  });
}
