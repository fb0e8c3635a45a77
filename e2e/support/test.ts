import { test as base, expect } from '@playwright/test';
import type { BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import { startShop } from './shop.ts';
import type { Shop } from './shop.ts';
import { watch } from './watch.ts';
import type { EventLog } from './watch.ts';

/** Somebody with a browser of their own. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly events: EventLog;
}

interface TestFixtures {
  /** Shared events on all pages of the test's own context. */
  readonly events: EventLog;
  /** Another person; watched like the first. */
  readonly newPerson: (options?: BrowserContextOptions) => Promise<Person>;
  /**
   * Says that faults (uncaught errors, refusals by the content security policy, errors in the console) whose text
   * fits are part of the test. Without it any fault fails the test.
   */
  readonly expectFaults: (pattern?: RegExp) => void;
  /** What has been seen, and what was expected; for the fixtures above. */
  readonly watched: { events: EventLog; faults: string[]; expected: RegExp[] };
}

interface WorkerFixtures {
  /** The shop of this worker. Tests share it, so each keeps to its own shopper. */
  readonly shop: Shop;
}

/** Playwright's test with a running shop, and with eyes for what goes wrong on any page. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  shop: [
    // Playwright reads the names of the fixtures from the braces.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const shop = await startShop();
      await use(shop);
      await shop.close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ shop }, use) => use(shop.url),
  watched: [
    async ({ context }, use) => {
      const { events, faults } = await watch(context);
      const expected: RegExp[] = [];
      await use({ events, faults, expected });
      const unexpected = faults.filter((fault) => !expected.some((pattern) => pattern.test(fault)));
      expect(unexpected, 'faults that the test did not expect').toEqual([]);
    },
    { auto: true },
  ],
  events: async ({ watched }, use) => use(watched.events),
  expectFaults: async ({ watched }, use) => use((pattern = /./) => void watched.expected.push(pattern)),
  newPerson: async ({ browser, baseURL, watched }, use) => {
    const opened: { context: BrowserContext; faults: string[] }[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ baseURL, locale: 'en-IE', ...options });
      const { events, faults } = await watch(context);
      opened.push({ context, faults });
      return { context, page: await context.newPage(), events };
    });
    for (const { context, faults } of opened) {
      await context.close();
      watched.faults.push(...faults);
    }
  },
});

export { expect };
