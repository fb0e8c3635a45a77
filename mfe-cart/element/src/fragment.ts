/**
 * Server entry: the first view of the cart's pages, as HTML that works without scripts. The elements read the data that
 * lies beside it and render the same view anew, so nothing is waited for and nothing moves.
 */
import type { Cart, CartLine, Order, PaymentForm } from '@souk/cart-api';
import { english, inLocale, type Locale } from '@souk/shared-events/browser';
import { html, jsonForScript, trusted } from './html.ts';
import type { Html } from './html.ts';
import { statusText, stepsOf } from './order-texts.ts';
import { pageCss } from './page-css.ts';
import { problemText } from './problem-texts.ts';
import { charged, price, say } from './say.ts';

/** What the gateway gives. */
export interface FragmentRequest {
  readonly url: URL;
  /** Reads `/api/…` as the visitor. */
  readonly fetch: (path: string) => Promise<Response>;
  /** For style tags, which the content security policy otherwise refuses. */
  readonly nonce: string;
  /** Language and currency of the page. @default English and EUR */
  readonly locale?: Locale;
}

/** What the gateway puts into the page. */
export interface Fragment {
  readonly status: number;
  readonly title: string;
  readonly html: string;
}

/** The page at an address of this micro frontend. @throws when the backend does not answer; the browser then renders */
export async function render({ url, fetch, nonce, locale = english }: FragmentRequest): Promise<Fragment> {
  const page = await pageAt(url, fetch, nonce);
  // Nothing is waited for from here on, so all of it is in one language.
  return inLocale(locale, page);
}

/** Data are there; what is made of them depends on the language. */
type Page = () => Fragment;

async function pageAt(url: URL, fetch: FragmentRequest['fetch'], nonce: string): Promise<Page> {
  const [, orderId] = /^\/orders\/([^/]+)$/.exec(url.pathname) ?? [];
  if (orderId !== undefined) return orderPage(orderId, fetch, nonce);
  const cart = await read<Cart>(fetch, '/api/cart');
  if (cart === undefined) throw new Error('the cart cannot be read');
  if (url.pathname === '/checkout') {
    const paymentForm = await read<PaymentForm>(fetch, '/api/cart/payment-form');
    if (paymentForm === undefined) throw new Error('it cannot be read how a card is asked for');
    return () => {
      const { title } = say().checkout;
      const body = html`<h1>${title}</h1>
        <noscript><p class="notice">${withoutScript(paymentForm)}</p></noscript>${outline}`;
      return { status: 200, title, html: element('cart-checkout', {}, body, { cart, paymentForm }, nonce) };
    };
  }
  return () => {
    const body = html`${notice(problemText(url.search))}${cart.lines.length > 0 ? fullCart(cart) : emptyCart()}`;
    return { status: 200, title: say().cart.title, html: element('cart-page', {}, body, cart, nonce) };
  };
}

/** What somebody without scripts has to know. */
function withoutScript({ kind }: PaymentForm): string {
  const { withoutScript: text, withoutScriptStripe } = say().checkout;
  return kind === 'card-fields' ? text : withoutScriptStripe;
}

async function orderPage(orderId: string, fetch: FragmentRequest['fetch'], nonce: string): Promise<Page> {
  const order = await read<Order>(fetch, `/api/cart/orders/${encodeURIComponent(orderId)}`);
  return () => {
    const said = say().order;
    const body = order
      ? orderView(order)
      : html`<div class="empty">
          <h1>${said.notFound}</h1>
          <a class="primary" href="/">${say().browse}</a>
        </div>`;
    return {
      status: order ? 200 : 404,
      title: order ? said.heading : said.notFoundTitle,
      html: element('cart-order', { id: orderId }, body, order, nonce),
    };
  };
}

/** The answer; undefined for 404. */
async function read<Answer>(fetch: FragmentRequest['fetch'], path: string): Promise<Answer | undefined> {
  const response = await fetch(path);
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as Answer;
}

function element(
  tag: keyof typeof pageCss,
  attributes: Readonly<Record<string, string>>,
  body: Html,
  data: unknown,
  nonce: string,
): string {
  const named = Object.entries(attributes).map(([name, value]) => html` ${trusted(name)}="${value}"`);
  const json = jsonForScript(data);
  const css = Object.values(pageCss[tag]).join('\n');
  return html`<${trusted(tag)}${named}><template shadowrootmode="open"><style nonce="${nonce}">${trusted(css)}</style><section class="page">${body}</section></template><script type="application/json">${json}</script></${trusted(tag)}>`
    .text;
}

const outline = html`<div class="skeleton"><span></span><span></span><span></span></div>`;
const emptyCart = () =>
  html`<div class="empty">
    <h1>${say().cart.emptyHeading}</h1>
    <p>${say().cart.emptyText}</p>
    <a class="primary" href="/">${say().browse}</a>
  </div>`;

function notice(text: string | null): Html | undefined {
  return text === null ? undefined : html`<div class="notice" role="alert"><p>${text}</p></div>`;
}

function fullCart(cart: Cart): Html {
  const said = say().cart;
  return html`<h1>${said.heading}</h1>
    <div class="columns">
      <ul class="lines" aria-label="${said.lines}">
        ${cart.lines.map(cartLine)}
      </ul>
      <aside class="card" aria-label="${said.summary}">
        <h2>${said.summary}</h2>
        ${totals(cart)}
        <form action="/checkout"><button class="primary">${said.checkOut}</button></form>
        <p class="quiet"><a href="/">${said.goOn}</a></p>
      </aside>
    </div>`;
}

function cartLine(line: CartLine): Html {
  const { sku, slug, title, variant, quantity, unitPriceCents, lineTotalCents, problem, available } = line;
  const name = variant ? `${title}, ${variant}` : title;
  const action = '/requests/cart:set-quantity';
  const said = say().cart;
  const trouble = problem === 'sold-out' ? said.soldOutRemove : said.onlyLeft(available);
  return html`<li class="line">
    <a class="line-picture" href="/p/${slug}" tabindex="-1" aria-hidden="true">${picture(line)}</a>
    <div class="line-text">
      <a class="line-title" href="/p/${slug}"><bdi>${title}</bdi></a>
      <p class="quiet"><bdi>${variant}</bdi></p>
      <p class="quiet">${said.each(price(unitPriceCents))}</p>
    </div>
    <div class="line-quantity">
      <form method="post" action="${action}" class="stepper">
        <input type="hidden" name="sku" value="${sku}" /><input
          type="number"
          name="quantity"
          min="1"
          max="99"
          value="${quantity}"
          aria-label="${said.quantityOf(name)}"
        /><button>${said.set}</button>
      </form>
      <form method="post" action="${action}">
        <input type="hidden" name="sku" value="${sku}" /><input type="hidden" name="quantity" value="0" /><button
          class="text-button"
          aria-label="${said.removeName(name)}"
        >
          ${said.remove}
        </button>
      </form>
    </div>
    <p class="line-total">${price(lineTotalCents)}</p>
    ${problem && html`<p class="line-problem">${trouble}</p>`}
  </li>`;
}

function picture({ picture: shown }: Pick<CartLine, 'picture'>): Html {
  if (shown === null) return html`<span class="picture"></span>`;
  return html`<img class="picture" src="${shown.src}" width="${shown.width}" height="${shown.height}" alt="" />`;
}

function totals(sums: Cart | Order): Html {
  const said = say().totals;
  const shipping = sums.shippingCents === 0 ? said.free : charged(sums.shippingCents);
  return html`<dl class="totals">
      <div>
        <dt>${said.subtotal}</dt>
        <dd>${charged(sums.subtotalCents)}</dd>
      </div>
      <div>
        <dt>${said.delivery}</dt>
        <dd>${shipping}</dd>
      </div>
      <div class="grand">
        <dt>${said.total}</dt>
        <dd>${charged(sums.totalCents)}</dd>
      </div>
    </dl>
    <p class="quiet">${said.vat(charged(sums.taxCents))}</p>`;
}

function orderView(order: Order): Html {
  const said = say().order;
  const { title, text, mood } = statusText(order);
  const steps = stepsOf(order).map(
    ({ label, state }) => html`<li class="${state}"><span class="step-label">${label}</span></li>`,
  );
  const lines = order.lines.map(
    (line) =>
      html`<li>
        ${picture(line)}
        <div>
          <a class="line-title" href="/p/${line.slug}"><bdi>${line.title}</bdi></a>
          <p class="quiet">
            ${line.variant ? `${line.variant}, ` : ''}${line.quantity} × ${price(line.unitPriceCents)}
          </p>
        </div>
        <span class="amount">${price(line.lineTotalCents)}</span>
      </li>`,
  );
  return html`<header class="order-head">
      <h1>${said.heading}</h1>
      <p class="quiet">${order.orderId}</p>
    </header>
    <div class="columns">
      <div class="form">
        <div class="card status ${mood}">
          <p class="status-title" role="status">${title}</p>
          <p>${text}</p>
          ${order.actionRequired ? html`<noscript><p>${said.needsScript}</p></noscript>` : undefined}
          <ol class="steps" aria-label="${said.progress}">
            ${steps}
          </ol>
        </div>
      </div>
      <aside class="card" aria-label="${said.whatYouOrdered}">
        <h2>${said.whatYouOrdered}</h2>
        <ul class="summary-lines">
          ${lines}
        </ul>
        ${totals(order)}
      </aside>
    </div>`;
}
