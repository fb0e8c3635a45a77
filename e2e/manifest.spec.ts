import type { Page } from '@playwright/test';
import { addToCart, cartLink, goods } from './support/steps.ts';
import { expect, test } from './support/test.ts';

interface Contract {
  readonly emits: object;
  readonly listens: object;
  readonly requests: object;
  readonly handles: object;
}

declare global {
  interface Window {
    /** What the code of each micro frontend did with events: `cart emits cart:changed`. */
    soukUses: string[];
  }
}

/** Notes who sends and who hears events of the contract: the innermost file of a micro frontend on the stack. */
async function watchUses(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.soukUses = [];
    const note = (what: string, type: string) => {
      if (!/^[a-z]+:[a-z-]+$/.test(type) || type.startsWith('souk:')) return;
      const frames = [...(new Error().stack ?? '').matchAll(/\/assets\/(?:retry-\d\/)?([a-z][a-z0-9]*)\//g)];
      const names = frames.map(([, name]) => name);
      // single-spa, in the shell, stands between everybody and `window.addEventListener`.
      const name = what === 'hears' ? names.find((one) => one !== 'shell') : names[0];
      if (name !== undefined) window.soukUses.push(`${name} ${what} ${type}`);
    };
    const { addEventListener, dispatchEvent } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type: string, ...rest: unknown[]) {
      note('hears', type);
      return Reflect.apply(addEventListener, this, [type, ...rest]) as undefined;
    };
    EventTarget.prototype.dispatchEvent = function (event) {
      if (event instanceof CustomEvent) note('sends', event.type);
      return Reflect.apply(dispatchEvent, this, [event]) as boolean;
    };
  });
}

test('no element sends or hears an event that its manifest does not name', async ({ page, request, baseURL }) => {
  await watchUses(page);
  const uses = new Set<string>();
  const take = async () => {
    for (const use of await page.evaluate(() => window.soukUses)) uses.add(use);
  };
  await addToCart(page, goods.glass.path);
  await take();
  for (const path of ['/', '/cart', '/checkout', '/search?q=glass']) {
    await page.goto(path);
    await expect(cartLink(page, 1)).toBeVisible();
    await take();
  }

  const { participants } = (await (await request.get(`${baseURL}/registry/contract`)).json()) as {
    participants: { name: string; contract: Contract }[];
  };
  const named = new Set(
    participants.flatMap(({ name, contract: { emits, listens, requests, handles } }) => [
      ...Object.keys({ ...emits, ...requests }).map((type) => `${name} sends ${type}`),
      ...Object.keys({ ...listens, ...handles }).map((type) => `${name} hears ${type}`),
    ]),
  );
  const ofMfes = [...uses].filter((use) => !use.startsWith('shell '));
  expect(ofMfes).toEqual(expect.arrayContaining(['catalog sends cart:add-item', 'cart hears cart:add-item']));
  expect(ofMfes.filter((use) => !named.has(use))).toEqual([]);
});
