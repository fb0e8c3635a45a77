import { expect, test } from './support/test.ts';
import { breakMfe, faultKinds, mfes } from './support/break-mfe.ts';
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
  expectFaults,
}) => {
  expectFaults();
  const breakage = await breakMfe(page, 'cart', '404');
  await page.goto(goods.glass.path);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByRole('alert')).toContainText('The cart does not answer, so nothing was added');
  const failed = await events.waitFor('shell:mfe-failed');
  expect(failed).toMatchObject({ name: 'cart', phase: 'load' });
  await breakage.heal();
  await page.getByRole('button', { name: 'Try again: cart' }).click();
  await expect(page.getByRole('link', { name: 'Cart, empty' })).toBeVisible();
});

for (const [path, mfe] of [
  ['/cart', 'cart'],
  ['/', 'catalog'],
] as const)
  test(`the page ${path} says so when its own micro frontend is missing, and a retry brings it`, async ({
    page,
    expectFaults,
  }) => {
    expectFaults();
    const breakage = await breakMfe(page, mfe, '404');
    await page.goto(path);
    const button = page.getByRole('main').getByRole('button', { name: /^Try again/ });
    await expect(button).toBeVisible();
    await breakage.heal();
    await button.click();
    await expect(button).toBeHidden();
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    expect(breakage.asked.some((asked) => asked.startsWith(`/assets/retry-1/${mfe}/`))).toBe(true);
  });
