import { expect, test } from './support/test.ts';
import { faultKinds, mfes } from './support/break-mfe.ts';
import { goods } from './support/steps.ts';
import { lookAtWalls } from './support/walls.ts';

const what = {
  '404': 'is missing',
  tampered: 'was changed on its way',
  syntax: 'has a syntax error',
  'throw-at-load': 'throws while it loads',
  'throw-at-mount': 'throws while it mounts',
  'throw-in-handler': 'throws in a handler',
  hang: 'hangs',
} as const;

for (const mfe of mfes)
  for (const kind of faultKinds)
    test(`when ${mfe} ${what[kind]}, it fails alone, in its own place, and comes back`, async ({
      newPerson,
      expectFaults,
    }) => {
      expectFaults();
      const findings = await lookAtWalls(async () => (await newPerson()).page, mfe, kind);
      const broken = Object.entries(findings).filter(([, { kept }]) => !kept);
      expect(broken).toEqual([]);
    });

test('a click while the cart cannot be loaded is told in words, and nothing is lost in silence', async ({
  page,
  events,
  breakMfe,
  expectFaults,
}) => {
  expectFaults();
  const breakage = await breakMfe('cart', '404');
  await page.goto(goods.glass.path);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByRole('alert')).toContainText('The cart does not answer, so nothing was added');
  const failed = await events.waitFor('shell:mfe-failed');
  expect(failed).toMatchObject({ name: 'cart', phase: 'load' });
  await breakage.heal();
  await page.getByRole('button', { name: 'Try again: cart' }).click();
  await expect(page.getByRole('link', { name: 'Cart, empty' })).toBeVisible();
});

for (const [path, mfe, kind] of [
  ['/cart', 'cart', '404'],
  ['/cart', 'cart', 'throw-at-mount'],
  ['/', 'catalog', '404'],
] as const)
  test(`the page ${path} says so when its own micro frontend ${what[kind]}, and a retry brings it`, async ({
    page,
    events,
    breakMfe,
    expectFaults,
  }) => {
    expectFaults();
    const breakage = await breakMfe(mfe, kind);
    await page.goto(path);
    const button = page.getByRole('main').getByRole('button', { name: /^Try again/ });
    await expect(button).toBeVisible();
    const phase = kind === '404' ? 'load' : 'mount';
    await events.waitFor('shell:mfe-failed', (failed) => failed.name === mfe && failed.phase === phase);
    await breakage.heal();
    await button.click();
    await expect(button).toBeHidden();
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    if (kind === '404') expect(breakage.asked).toContainEqual(expect.stringContaining(`/assets/retry-1/${mfe}/`));
  });

test('a conversation whose module is missing says so in its own panel, and a retry fetches it anew', async ({
  page,
  expectFaults,
}) => {
  expectFaults();
  const module = /\/assets\/.*chat\/.*\/conversation-[^/]+\.js$/;
  await page.route(module, (route) => route.fulfill({ status: 404, body: 'gone' }));
  await page.goto(goods.glass.path);
  await page.getByRole('button', { name: 'Ask the shop' }).click();
  const panel = page.getByRole('dialog', { name: 'Ask the shop' });
  await expect(panel.getByRole('alert')).toBeVisible();
  await page.unroute(module);
  const fetched = page.waitForRequest((request) => request.url().includes('/assets/retry-1/chat/'));
  await panel.getByRole('button', { name: 'Try again' }).click();
  await fetched;
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
});
