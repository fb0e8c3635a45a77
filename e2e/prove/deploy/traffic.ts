import type { Browser } from 'playwright-core';

/** Shoppers who look at one page after the other, in browsers. */
export interface Traffic {
  /** Pages that were looked at so far. */
  readonly views: number;
  /** Those that failed, each with why. */
  readonly failures: readonly string[];
  /** Ends it, once the views under way have come to their end. */
  stop(): Promise<void>;
}

const paths = ['/', '/cart', '/p/beldi-glass', '/search?q=glass'];
const patienceMs = 20_000;

/** Begins at once; every few pages a shopper goes and another one comes. */
export function startTraffic(browser: Browser, baseURL: string, shoppers: number): Traffic {
  const failures: string[] = [];
  let views = 0;
  let isOver = false;

  const shop = async (first: number): Promise<void> => {
    for (let n = first; !isOver; n++) {
      const context = await browser.newContext({ baseURL });
      const page = await context.newPage();
      for (let step = 0; step < paths.length && !isOver; step++) {
        const path = paths[(n + step) % paths.length]!;
        try {
          const response = await page.goto(path, { timeout: patienceMs });
          if (response?.status() !== 200) throw new Error(`status ${response?.status()}`);
          await page.locator('.souk-wall[data-element="cart-mini"][data-state="up"]').waitFor({ timeout: patienceMs });
          const broken = await page.locator('.souk-wall[data-state="failed"]').count();
          if (broken > 0) throw new Error(`${broken} micro frontends show their fallback`);
        } catch (error) {
          failures.push(`${path}: ${String(error instanceof Error ? error.message : error).slice(0, 300)}`);
        }
        views++;
      }
      await context.close();
    }
  };
  const running = Array.from({ length: shoppers }, (_, index) => shop(index));

  return {
    get views() {
      return views;
    },
    failures,
    async stop() {
      isOver = true;
      await Promise.all(running);
    },
  };
}
