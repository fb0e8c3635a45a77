import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumArgs } from '../../scripts/chromium.ts';
import { chromium } from '../support/playwright.ts';
import { startShop } from '../support/shop.ts';
import { openWorkspace } from '../support/workspace.ts';
import { lookAtCanary } from './deploy/canary.ts';
import { lookAtDamage } from './deploy/damage.ts';
import type { Look } from './deploy/look.ts';
import { lookAtShipping } from './deploy/shipping.ts';
import { signIn } from './deploy/staff.ts';
import { openTeam } from './deploy/team.ts';
import { lookAtTokens } from './deploy/tokens.ts';
import type { Proof } from './proof.ts';

/** One promise: what it is, and what was seen, or why it is broken. */
interface Check {
  readonly what: string;
  readonly seen: string;
  readonly kept: boolean;
}

/**
 * Does what a team does: changes a text in the cart, builds, checks, deploys to some sessions, promotes, rolls back, while
 * shoppers are at it; then a canary that is broken, tokens that must not work, and a file that is damaged in the store.
 */
export const proveDeploy: Proof = async ({ short, progress }) => {
  const checks: Check[] = [];
  const look: Look = async (what, promise) => {
    const check = await promise().then(
      (seen) => ({ what, seen, kept: true }),
      (error: unknown) => ({ what, seen: String(error instanceof Error ? error.message : error), kept: false }),
    );
    checks.push(check);
    progress(`${check.kept ? '✓' : '✗'} ${what}: ${check.seen.slice(0, 1500)}`);
  };

  const workspace = openWorkspace();
  const dataDir = mkdtempSync(join(tmpdir(), 'souk-prove-deploy-'));
  const shop = await startShop({ DATA_DIR: dataDir });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: [...chromiumArgs] });
  try {
    const staff = await signIn(shop);
    const { token } = await staff.token('team-cart', ['cart']);
    const team = openTeam(workspace, shop, token);
    const traffic = short ? { shoppers: 2, viewsPerAct: 4 } : { shoppers: 4, viewsPerAct: 40 };
    await lookAtShipping({ shop, browser, team, look, ...traffic, isTimed: !short });
    await lookAtTokens({ shop, staff, team, dataDir, look });
    if (!short) await lookAtCanary({ shop, browser, team, staff, look });
    await lookAtDamage({ shop, browser, staff, dataDir, look });
  } finally {
    await browser.close();
    await shop.close();
    workspace.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  const broken = checks.filter(({ kept }) => !kept);
  const report = checks.map(({ what, seen, kept }) => `${kept ? '✓' : '✗'} ${what}: ${seen}`).join('\n');
  return { passed: checks.length - broken.length, failed: broken.length, report };
};
