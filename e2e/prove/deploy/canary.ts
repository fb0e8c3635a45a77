import type { Browser } from 'playwright-core';
import type { Shop } from '../../support/shop.ts';
import type { Look } from './look.ts';
import { newSession } from './sessions.ts';
import type { Staff } from './staff.ts';
import type { Team } from './team.ts';

export interface CanaryOptions {
  readonly shop: Shop;
  readonly browser: Browser;
  readonly team: Team;
  readonly staff: Staff;
  readonly look: Look;
}

/** More sessions than chance could need until eight of each version have told. */
const mostSessions = 60;

/** A canary that does not come up is ended by what browsers tell, without anybody watching. */
export async function lookAtCanary({ shop, browser, team, staff, look }: CanaryOptions): Promise<void> {
  await look('a canary that does not come up is rolled back by itself', async () => {
    const before = (await newSession(shop.url)).version;
    team.change('element/src/mini.ts', '// Entry', "throw new Error('broken on purpose');\n// Entry");
    await team.build();
    const version = team.version();
    await team.souk('deploy', '--canary', '50');
    let sessions = 0;
    for (; sessions < mostSessions; sessions++) {
      if ((await staff.history('cart')).some(({ what, data }) => what === 'rolled-back' && data['from'] === version))
        break;
      await visit(browser, shop.url);
    }
    const act = (await staff.history('cart')).find(
      ({ what, data }) => what === 'rolled-back' && data['from'] === version,
    );
    if (!act) throw new Error(`it is live still after ${sessions} sessions`);
    if (act.data['by'] !== 'automatic') throw new Error(`it was ${String(act.data['by'])}`);
    const now = (await newSession(shop.url)).version;
    if (now !== before) throw new Error(`${now} is live`);
    return `after ${sessions} sessions: ${String(act.data['reason'])}`;
  });
}

/** A shopper who looks at one page, and goes. */
async function visit(browser: Browser, baseURL: string): Promise<void> {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await page.goto('/');
  await page.locator('.souk-wall[data-element="cart-mini"]:is([data-state="up"], [data-state="failed"])').waitFor();
  const told = page.waitForRequest('**/registry/reports', { timeout: 10_000 });
  await told;
  await context.close();
}
