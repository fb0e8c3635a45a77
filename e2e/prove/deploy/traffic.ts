import type { Browser, Page } from 'playwright-core';

/** Shoppers who look at one page after the other and fill their carts, each in a browser of their own. */
export interface Traffic {
  /** Pages that were looked at so far, by a new document or inside the page. */
  readonly views: number;
  /** Those of them that came without a new document. */
  readonly navigations: number;
  /** Pieces that were put into carts, each of which the cart has counted once. */
  readonly added: number;
  /** Versions of the cart that these pages were made of. */
  readonly versions: ReadonlySet<string>;
  /** What failed, each with why. */
  readonly failures: readonly string[];
  /** Resolves when so many further pages were looked at. @throws Error when they do not come */
  more(views: number): Promise<void>;
  /** Ends it, once the views under way have come to their end. */
  stop(): Promise<void>;
}

const patienceMs = 20_000;
const goods = ['beldi-glass', 'star-anise', 'waisted-istanbul-glass'] as const;

/** Begins at once. When a shopper has seen enough, another one comes in their place, with a session of their own. */
export function startTraffic(browser: Browser, baseURL: string, shoppers: number): Traffic {
  const failures: string[] = [];
  const versions = new Set<string>();
  const counts = { views: 0, navigations: 0, added: 0 };
  const waiting = new Set<() => void>();
  let isOver = false;

  /** One view of a page: whatever fails in it is told, and the shopper goes on. */
  const see = async (page: Page, what: string, isInside: boolean, act: () => Promise<unknown>): Promise<boolean> => {
    let isGood = true;
    try {
      await act();
      await page.locator('.souk-wall[data-element="cart-mini"][data-state="up"]').waitFor({ timeout: patienceMs });
      const broken = await page.locator('.souk-wall[data-state="failed"]').count();
      if (broken > 0) throw new Error(`${broken} micro frontends show their fallback`);
    } catch (error) {
      isGood = false;
      failures.push(`${what}: ${String(error instanceof Error ? error.message : error).slice(0, 300)}`);
    }
    counts.views++;
    if (isInside) counts.navigations++;
    for (const look of waiting) look();
    return isGood;
  };
  const open = (page: Page, path: string) => async () => {
    const response = await page.goto(path, { timeout: patienceMs });
    if (response?.status() !== 200) throw new Error(`status ${response?.status()}`);
    const version = /"\/assets\/cart\/([^/]+)\//.exec(await response.text())?.[1];
    if (version !== undefined) versions.add(version);
  };

  const oneShopper = async (n: number): Promise<void> => {
    const context = await browser.newContext({ baseURL });
    context.setDefaultTimeout(patienceMs);
    const page = await context.newPage();
    page.on('pageerror', (error) => failures.push(`uncaught on ${page.url()}: ${error.message.slice(0, 300)}`));
    const product = goods[n % goods.length]!;
    const main = page.getByRole('main');
    await see(page, '/', false, open(page, '/'));
    for (let pieces = 1; pieces <= 2 && !isOver; pieces++) {
      const onProduct = await see(page, `/p/${product}`, false, open(page, `/p/${product}`));
      if (!onProduct || isOver) break;
      const isAdded = await see(page, 'add to cart', true, async () => {
        await main.getByRole('button', { name: 'Add to cart' }).click();
        await page.getByRole('link', { name: `Cart, ${pieces} item${pieces === 1 ? '' : 's'}` }).waitFor();
        counts.added++;
        await page.getByRole('link', { name: /^Cart, / }).click();
        await main.getByRole('heading', { name: 'Your cart' }).waitFor();
        await main.getByRole('spinbutton').first().waitFor();
      });
      if (!isAdded || isOver) break;
      await see(page, 'back inside the page', true, async () => {
        await page.goBack();
        await main.getByRole('heading', { level: 1 }).waitFor();
        await main.getByRole('button', { name: 'Add to cart' }).waitFor();
      });
      if (isOver) break;
      await see(page, 'home inside the page', true, async () => {
        await page.getByRole('banner').getByRole('link', { name: 'Souk', exact: true }).click();
        await page.waitForURL(`${baseURL}/`);
        await main.getByRole('heading', { level: 1 }).waitFor();
      });
    }
    await context.close();
  };
  const running = Array.from({ length: shoppers }, async (_, first) => {
    for (let n = first; !isOver; n++) await oneShopper(n);
  });

  return {
    ...{ versions, failures },
    get views() {
      return counts.views;
    },
    get navigations() {
      return counts.navigations;
    },
    get added() {
      return counts.added;
    },
    more(views) {
      const wanted = counts.views + views;
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`${counts.views} page views, then no more`)), 120_000);
        const look = () => {
          if (counts.views < wanted) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
      });
    },
    async stop() {
      isOver = true;
      await Promise.all(running);
    },
  };
}
