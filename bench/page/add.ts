import type { Browser, Page } from 'playwright-core';
import { newPerson, throttle } from './visit.ts';

/** One click on "Add to cart", in milliseconds from the click. */
export interface Added {
  /** Until the mini cart counts one more. */
  readonly countedMs: number;
  /** Until the shop has answered. */
  readonly answeredMs: number;
  /** JavaScript that the page has fetched by then, bytes on the wire. */
  readonly jsBytes: number;
}

/** Somebody reads a product, then puts it into the cart. */
export async function addOnce(browser: Browser, url: string): Promise<Added> {
  const person = await newPerson(browser, 'local');
  try {
    const { page, more } = await person.stay(url);
    const told = page.evaluate(watchClick);
    await page.getByRole('button', { name: 'Add to cart' }).click();
    const { countedMs, answeredMs } = await told;
    return { countedMs, answeredMs, jsBytes: more().jsBytes };
  } finally {
    await person.close();
  }
}

/** Clicks the very moment that the button is there, on a slow line. @returns whether the shop has the piece then, and shows it */
export async function addAtOnce(browser: Browser, url: string): Promise<boolean> {
  const person = await newPerson(browser, 'slow4g');
  try {
    const page = await person.context.newPage();
    await throttle(await person.context.newCDPSession(page));
    await page.addInitScript(clickAtOnce);
    await page.goto(url, { waitUntil: 'commit' });
    return await showsOnePiece(page);
  } finally {
    await person.close();
  }
}

/** Whatever way the click took, by script or by the plain form: a page of the shop that shows one piece, and a cart that has it. */
async function showsOnePiece(page: Page): Promise<boolean> {
  try {
    await page.getByRole('link', { name: /^Cart, 1 item/ }).waitFor({ timeout: 20_000 });
  } catch {
    return false;
  }
  return page.evaluate(async () => ((await (await fetch('/api/cart')).json()) as { count: number }).count === 1);
}

/** Runs in the page: resolves when both have happened after the next click. */
function watchClick(): Promise<{ countedMs: number; answeredMs: number }> {
  return new Promise((resolve) => {
    const told = { countedMs: 0, answeredMs: 0 };
    let clicked = 0;
    const tell = (what: keyof typeof told) => {
      told[what] ||= performance.now() - clicked;
      if (told.countedMs && told.answeredMs) resolve(told);
    };
    addEventListener('click', ({ timeStamp }) => (clicked = timeStamp), { capture: true, once: true });
    const mini = document.querySelector('cart-mini')!;
    new MutationObserver(() => mini.getAttribute('count') === '1' && tell('countedMs')).observe(mini, {
      attributes: true,
    });
    addEventListener('cart:add-item:reply', () => tell('answeredMs'));
  });
}

/** Runs in the page before anything else. */
function clickAtOnce(): void {
  if (!location.pathname.startsWith('/p/')) return;
  const look = () => {
    const buttons = document.querySelector('catalog-product')?.shadowRoot?.querySelectorAll('button');
    const button = [...(buttons ?? [])].find(({ textContent }) => textContent.includes('Add to cart'));
    if (button && !button.disabled) button.click();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
