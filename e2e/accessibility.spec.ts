import { AxeBuilder } from '@axe-core/playwright';
import { states } from './support/states.ts';
import { expect, test } from './support/test.ts';

const sizes = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
];
/** Axe would otherwise write style elements of its own into the page, which its policy refuses. */
const withoutPreload = { preload: false };
/** On the front, axe takes the link after it (`/`) for another jump within the page, and this one for content. */
const mistakenForContent = 'region: <a class="souk-skip"';
/** Wide enough that nothing of it needs a look at its colours again. */
const wide = { width: 2000, height: 1100 };
const schemes = ['light', 'dark'] as const;

test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const [name, go] of Object.entries(states))
  test(`axe finds nothing wrong with ${name}, small and large, light and dark`, async ({
    page,
    shop,
    expectFaults,
  }) => {
    expectFaults(/404 \(Not Found\)/);
    await go(page, shop);
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page }).options(withoutPreload).analyze();
        const found = violations
          .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
          .filter((violation) => !violation.startsWith(mistakenForContent));
        expect.soft(found, `${name}, ${size.width} px, ${colorScheme}`).toEqual([]);
      }
    }
    for (const size of [...sizes, wide]) {
      await page.setViewportSize(size);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect.soft(overflow, `${name} is wider than ${size.width} px`).toBeLessThanOrEqual(0);
    }
  });
