import type { BrowserContext } from '@playwright/test';

/** Stripe's part in a browser, played: Stripe.js, its field in a frame, and the bank that asks its card holder. */
export interface PlayedStripeJs {
  /** Addresses that were asked for, of Stripe's. */
  readonly asked: string[];
  /** Whether Stripe.js can be reached. @default true */
  isReachable: boolean;
}

/** What is typed decides what comes of it. */
export const stripeCards = { good: '4242424242424242', poor: '4000000000009995', asks: '4000002500003155' } as const;

/**
 * Answers everything of `stripe.com` that the pages of a context ask for.
 * @param bank what becomes of a payment when its holder says yes or no
 */
export async function playStripeJs(
  context: BrowserContext,
  bank: (intent: string, isConfirmed: boolean) => Promise<void>,
): Promise<PlayedStripeJs> {
  const played: PlayedStripeJs = { asked: [], isReachable: true };
  await context.route(/^https:\/\/([\w-]+[.])*stripe[.]com\//, async (route) => {
    const url = new URL(route.request().url());
    played.asked.push(url.href);
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
    if (url.hostname === 'api.stripe.com') {
      const number = (route.request().postData() ?? '').replaceAll(/\D/g, '');
      const kind = { [stripeCards.good]: 'ok', [stripeCards.poor]: 'poor', [stripeCards.asks]: '3ds' }[number];
      if (!kind)
        return route.fulfill({ status: 402, headers, json: { error: { message: 'Your card number is invalid.' } } });
      return route.fulfill({
        headers,
        json: {
          id: `pm_${kind}_${crypto.getRandomValues(new Uint32Array(1))[0]}`,
          card: { brand: 'visa', last4: number.slice(-4) },
        },
      });
    }
    if (url.hostname === 'hooks.stripe.com') {
      const answer = url.searchParams.get('answer');
      if (answer === null) return route.fulfill({ contentType: 'text/html', body: bankPage });
      await bank(url.searchParams.get('intent')!, answer === 'yes');
      return route.fulfill({ json: {} });
    }
    if (!played.isReachable) return route.abort();
    if (url.pathname.endsWith('/part.js')) return route.fulfill({ contentType: 'text/javascript', body: part });
    if (url.pathname.endsWith('/field.html')) return route.fulfill({ contentType: 'text/html', body: fieldPage });
    return route.fulfill({ contentType: 'text/javascript', body: `(${stripeJs.toString()})()` });
  });
  return played;
}

const fieldPage = `<!doctype html><title>Stripe</title><label>Card number <input id="n" autocomplete="off"></label><script>
addEventListener('message', () => parent.postMessage({ card: n.value }, '*'));
parent.postMessage({ ready: true }, '*')</script>`;

const bankPage = `<!doctype html><title>Bank</title><h1>Your bank</h1><button>Yes, it is me</button><button>No</button><script>
for (const [i, b] of document.querySelectorAll('button').entries()) b.onclick = async () => {
  await fetch('/3ds' + location.search + '&answer=' + (i ? 'no' : 'yes'));
  parent.postMessage({ bank: i === 0 }, '*');
}</script>`;

const part = 'window.stripePartLoaded = true';

/** Runs in the page. Loads a part of itself as the real one does, by an address that is a plain string. */
function stripeJs(): void {
  type Heard = { ready?: true; card?: string; bank?: boolean };
  const hear = (what: keyof Heard) =>
    new Promise<Heard>((resolve) => {
      const listener = ({ data }: MessageEvent<Heard>) => {
        if (data[what] === undefined) return;
        removeEventListener('message', listener);
        resolve(data);
      };
      addEventListener('message', listener);
    });
  const script = document.createElement('script');
  script.src = 'https://js.stripe.com/clover/part.js';
  document.head.append(script);

  let frame: HTMLIFrameElement | undefined;
  const field = {
    on(event: string, heard: () => void) {
      if (event === 'ready') void hear('ready').then(heard);
    },
    mount(at: HTMLElement) {
      if (at.getRootNode() !== document) throw new Error('Elements cannot be mounted in a ShadowRoot');
      frame = document.createElement('iframe');
      frame.title = 'Secure payment input frame';
      frame.src = 'https://js.stripe.com/field.html';
      at.append(frame);
    },
    focus: () => frame?.focus(),
    destroy: () => frame?.remove(),
  };
  const read = async () => {
    const heard = hear('card');
    frame?.contentWindow?.postMessage({ read: true }, '*');
    return (await heard).card ?? '';
  };
  Object.assign(globalThis, {
    Stripe: () => ({
      elements: () => ({
        create: () => field,
        update: () => undefined,
        submit: async () => ((await read()) === '' ? { error: { message: 'Your card number is incomplete.' } } : {}),
      }),
      async createPaymentMethod() {
        const answer = await fetch('https://api.stripe.com/v1/payment_methods', { method: 'POST', body: await read() });
        const body = (await answer.json()) as { error?: object };
        return answer.ok ? { paymentMethod: body } : body;
      },
      async handleNextAction({ clientSecret }: { clientSecret: string }) {
        const challenge = document.createElement('iframe');
        challenge.title = 'Challenge of your bank';
        challenge.src = `https://hooks.stripe.com/3ds?intent=${clientSecret.replace('_secret', '')}`;
        challenge.style.cssText = 'position: fixed; inset: 20%; inline-size: 60%; block-size: 40%; background: white';
        document.body.append(challenge);
        const { bank } = await hear('bank');
        challenge.remove();
        return bank ? {} : { error: { message: 'We are unable to authenticate your payment method.' } };
      },
    }),
  });
}
