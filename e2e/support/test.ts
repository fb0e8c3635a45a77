import { test as base, expect as baseExpect } from '@playwright/test';
import type { BrowserContext, BrowserContextOptions, ExpectMatcherState, Page } from '@playwright/test';
import { breakMfe } from './break-mfe.ts';
import type { Breakage, FaultKind, Mfe } from './break-mfe.ts';
import { runningShop, startShop } from './shop.ts';
import type { Shop } from './shop.ts';
import { asStaff } from './steps.ts';
import { matching, watch } from './watch.ts';
import type { DetailOf, EventLog, EventName } from './watch.ts';

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
  /** Another person, who works here: signed in, at the desk. */
  readonly newStaff: () => Promise<Person>;
  /** Breaks a micro frontend on a page; see `break-mfe.ts`. @param on the test's own page, unless told otherwise */
  readonly breakMfe: (mfe: Mfe, kind: FaultKind, on?: Page) => Promise<Breakage>;
  /** A shop of the test's own, which it may stop, kill and start again; closed at the end. */
  readonly newShop: (settings?: Readonly<Record<string, string>>) => Promise<Shop>;
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
      const shop = process.env.SHOP_URL ? runningShop(process.env.SHOP_URL) : await startShop();
      await use(shop);
      await shop.close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ shop }, use) => use(shop.url),
  watched: [
    // It names the shops so that they close after it: what a page asks of a closed one is no fault of the test.
    async ({ context, newShop: _closedLater }, use) => {
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
  newStaff: async ({ newPerson, shop }, use) =>
    use(async () => {
      const person = await newPerson();
      await asStaff(person.page, shop);
      return person;
    }),
  breakMfe: async ({ page }, use) => use((mfe, kind, on = page) => breakMfe(on, mfe, kind)),
  // oxlint-disable-next-line no-empty-pattern
  newShop: async ({}, use) => {
    const opened: Shop[] = [];
    await use(async (settings) => {
      const shop = await startShop(settings);
      opened.push(shop);
      return shop;
    });
    for (const shop of opened) await shop.close();
  },
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

/**
 * `await expect(events).toHaveEmitted(CartChanged, { count: 1 })`: has passed, or passes before the time is up.
 * `await expect(events).not.toHaveEmitted(…)`: has not passed so far.
 */
export const expect = baseExpect.extend({
  async toHaveEmitted<Type extends string>(
    this: ExpectMatcherState,
    events: EventLog,
    name: EventName<Type>,
    part: Partial<DetailOf<Type>> = {},
    on?: Page,
  ) {
    const fits = matching(part as Record<string, unknown>);
    const type = typeof name === 'string' ? name : name.type;
    const wanted = `${type} ${JSON.stringify(part)}`;
    if (this.isNot) {
      const pass = events.seen(name, on).some((detail) => fits(detail as object));
      return { pass, message: () => `${wanted} has passed` };
    }
    const failure = await events
      .waitFor(name, (detail) => fits(detail as object), on)
      .then(
        () => undefined,
        (error: Error) => error.message,
      );
    return { pass: failure === undefined, message: () => `${wanted}: ${failure}` };
  },
});

export { matching };
