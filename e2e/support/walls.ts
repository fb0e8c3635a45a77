import { stripVTControlCharacters } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import { breakMfe, mfes } from './break-mfe.ts';
import type { Breakage, FaultKind, Mfe } from './break-mfe.ts';

/** What was seen while one micro frontend was broken in one way. Each is a sentence, or the reason why it is not so. */
export interface WallFindings {
  /** The fallback stands in the place of what failed, and nowhere else. */
  readonly fallback: Finding;
  /** The others still do their main job. */
  readonly others: Finding;
  /** It comes back, by retry or by arriving late. */
  readonly recovery: Finding;
}

/** One promise, kept or broken. */
export interface Finding {
  readonly kept: boolean;
  readonly seen: string;
}

const product = '/p/waisted-istanbul-glass';
const otherProduct = '/p/beldi-glass';
const patienceMs = 20_000;

/**
 * Breaks one micro frontend on a page of its own and looks what becomes of the shop. Never throws.
 * @param newPage opens a page of a fresh browser, with the shop as its base address
 */
export async function lookAtWalls(newPage: () => Promise<Page>, mfe: Mfe, kind: FaultKind): Promise<WallFindings> {
  const others = await observe(async () => {
    const page = await newPage();
    const breakage = await breakMfe(page, mfe, kind);
    await open(page);
    if (kind === 'throw-in-handler') await trigger(page, mfe, breakage);
    if (kind !== 'hang') await fallbackOf(page, mfe).first().waitFor({ timeout: patienceMs });
    return othersWork(page, mfe, kind);
  });

  const page = await newPage();
  let breakage: Breakage | undefined;
  const fallback = await observe(async () => {
    breakage = await breakMfe(page, mfe, kind);
    await open(page);
    if (kind === 'throw-in-handler') await trigger(page, mfe, breakage);
    return fallbackStands(page, mfe);
  });
  const recovery = await observe(async () => {
    if (!breakage) throw new Error('it was never broken');
    const before = breakage.asked.length;
    await breakage.heal();
    const how = kind === 'hang' ? 'mounts late' : await retry(page, mfe, breakage, before);
    await doesItsJob(page, mfe);
    return how;
  });
  return { fallback, others, recovery };
}

async function observe(look: () => Promise<string>): Promise<Finding> {
  try {
    return { kept: true, seen: await look() };
  } catch (error) {
    const reason = stripVTControlCharacters(String(error instanceof Error ? error.message : error));
    return { kept: false, seen: reason.replaceAll(/\s+/g, ' ').slice(0, 200) };
  }
}

async function open(page: Page): Promise<void> {
  // Not until everything is loaded: something may hang.
  await page.goto(product, { waitUntil: 'commit' });
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** Makes a handler of the micro frontend run, by what a shopper does. */
async function trigger(page: Page, mfe: Mfe, breakage: Breakage): Promise<void> {
  for (const each of [launcher(page), cart(page), bell(page)]) await each.waitFor();
  await page.getByRole('combobox', { name: 'Search the shop' }).waitFor();
  await breakage.arm();
  if (mfe === 'cart') await page.getByRole('button', { name: 'Add to cart' }).click();
  else await page.getByRole('navigation', { name: 'Where you are' }).getByRole('link').last().click();
}

const again = { name: /^(Try again|Reload the page)/ };
const cart = (page: Page): Locator => page.getByRole('link', { name: /^Cart/ });
const bell = (page: Page): Locator => page.getByRole('button', { name: /^Notifications/ });
const launcher = (page: Page): Locator => page.getByRole('button', { name: /^Ask the shop/ });

/** Buttons of the fallbacks, in the places of each micro frontend on a product's page. */
function fallbackOf(page: Page, mfe: Mfe): Locator {
  if (mfe !== 'catalog') return page.getByRole('button', { name: new RegExp(`(Try again|Reload the page): ${mfe}`) });
  return page.getByRole('main').getByRole('button', again);
}

async function fallbackStands(page: Page, mfe: Mfe): Promise<string> {
  await fallbackOf(page, mfe).first().waitFor({ timeout: patienceMs });
  const banner = page.getByRole('banner');
  switch (mfe) {
    case 'catalog':
      await banner.getByRole('button', { name: /: catalog$/ }).waitFor({ timeout: patienceMs });
      await Promise.all([cart(page).waitFor(), launcher(page).waitFor()]);
      return 'in main and for the search box';
    case 'cart':
      await banner.getByRole('button', { name: /: cart$/ }).waitFor();
      await launcher(page).waitFor();
      await expectNone(page.getByRole('main').getByRole('button', again));
      return 'in the header';
    case 'bell':
      await banner.getByRole('button', { name: /: bell$/ }).waitFor();
      await Promise.all([cart(page).waitFor(), launcher(page).waitFor()]);
      await expectNone(page.getByRole('main').getByRole('button', again));
      return 'in the header';
    case 'chat':
      await cart(page).waitFor();
      await expectNone(page.getByRole('main').getByRole('button', again));
      await expectNone(banner.getByRole('button', again));
      return 'at the end of the page';
    default:
      return mfe satisfies never;
  }
}

async function expectNone(locator: Locator): Promise<void> {
  if ((await locator.count()) > 0) throw new Error('there is a fallback in the place of somebody else');
}

async function othersWork(page: Page, mfe: Mfe, kind: FaultKind): Promise<string> {
  if (mfe !== 'bell') await bellWorks(page);
  if (mfe !== 'chat') await chatWorks(page);
  if (mfe === 'chat') await buyingWorks(page);
  if (mfe === 'catalog' && kind !== 'throw-at-mount' && kind !== 'throw-in-handler') await servedFormWorks(page);
  if (mfe !== 'catalog') await catalogWorks(page);
  if (mfe !== 'cart') await cartWorks(page);
  return `${mfes.filter((each) => each !== mfe).join(', ')} work`;
}

async function bellWorks(page: Page): Promise<void> {
  await bell(page).click();
  await page.getByRole('dialog', { name: 'Notifications' }).getByText('Nothing new.').waitFor();
  await page.keyboard.press('Escape');
}

async function chatWorks(page: Page): Promise<void> {
  await launcher(page).click();
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
}

async function buyingWorks(page: Page): Promise<void> {
  await page.goto(otherProduct, { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('link', { name: /^Cart, 1 item/ }).waitFor();
}

/** What the server rendered is a real form: it sells without its script. */
async function servedFormWorks(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add to cart' }).click({ noWaitAfter: true });
  await page.getByRole('link', { name: /^Cart, 1 item/ }).waitFor();
}

async function catalogWorks(page: Page): Promise<void> {
  const box = page.getByRole('combobox', { name: 'Search the shop' });
  await box.fill('saffron');
  await box.press('Enter');
  await page
    .getByRole('main')
    .getByRole('link', { name: /saffron/i })
    .first()
    .waitFor();
}

async function cartWorks(page: Page): Promise<void> {
  await cart(page).click();
  await page.getByRole('heading', { level: 1, name: /^Your cart/ }).waitFor();
}

/** Presses every button that the fallbacks of this micro frontend have, until there is none. */
async function retry(page: Page, mfe: Mfe, breakage: Breakage, before: number): Promise<string> {
  const buttons =
    mfe === 'catalog'
      ? [fallbackOf(page, mfe), page.getByRole('banner').getByRole('button', again)]
      : [fallbackOf(page, mfe)];
  for (const button of buttons) {
    await button.first().click();
    await button.first().waitFor({ state: 'detached' });
  }
  const earlier = new Set(breakage.asked.slice(0, before));
  const fetched = breakage.asked.slice(before);
  if (fetched.some((path) => path.startsWith('/assets/retry-'))) return 'retry fetches it anew';
  // What is loaded on demand may be asked for meanwhile, for the first time: the pointer stands on the launcher.
  if (fetched.some((path) => earlier.has(path))) throw new Error('the retry asked for the same address');
  return 'retry mounts it anew';
}

async function doesItsJob(page: Page, mfe: Mfe): Promise<void> {
  if (mfe === 'catalog') return catalogWorks(page);
  if (mfe === 'bell') return bellWorks(page);
  if (mfe === 'chat') return chatWorks(page);
  await cart(page).waitFor();
  return buyingMore(page);
}

async function buyingMore(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('link', { name: /^Cart, [12] items?/ }).waitFor();
}
