import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page, Route } from 'playwright-core';

/** Events that reach a handler of each micro frontend. */
const handled = {
  bell: 'shell:navigated',
  catalog: 'shell:navigated',
  cart: 'cart:changed',
  chat: 'shell:navigated',
} as const;
export type Mfe = keyof typeof handled;

/** The micro frontends of the shop, as they are found: a new one cannot be forgotten. */
export const mfes: readonly Mfe[] = globSync('mfe-*/manifest.ts', { cwd: join(import.meta.dirname, '../..') })
  .map((file) => known(dirname(file).replace('mfe-', '')))
  .toSorted();

function known(name: string): Mfe {
  if (Object.hasOwn(handled, name)) return name as Mfe;
  throw new Error(`nothing here says how to break ${name}, and where its fallback stands`);
}

/** Ways in which a micro frontend can fail alone. */
export const faultKinds = [
  '404',
  'tampered',
  'syntax',
  'throw-at-load',
  'throw-at-mount',
  'throw-in-handler',
  'hang',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A micro frontend that is broken on one page. */
export interface Breakage {
  /** Paths of its modules that the page has asked for so far. */
  readonly asked: readonly string[];
  /** From now on its event handler throws (only for `throw-in-handler`); for the document at hand. */
  arm(): Promise<void>;
  /** Takes the fault away; what hangs is answered. */
  heal(): Promise<void>;
}

/**
 * Breaks the modules of a micro frontend on a page, whatever address they are asked for at, retries included. The
 * modules' integrity is taken out of the documents, since a browser refuses a changed module before it runs;
 * `tampered` leaves it in to see just that.
 */
export async function breakMfe(page: Page, mfe: Mfe, kind: FaultKind): Promise<Breakage> {
  const modules = new RegExp(`/assets/(?:retry-\\d+/)?${mfe}/[^?]+\\.js$`);
  const asked: string[] = [];
  const { promise: healing, resolve: heal } = Promise.withResolvers<void>();
  let broken = true;

  if (kind !== 'tampered' && kind !== '404' && kind !== 'hang') {
    await page.route(isDocument, (route) => withoutIntegrity(route, mfe));
  }
  await page.route(modules, async (route) => {
    asked.push(new URL(route.request().url()).pathname);
    if (!broken) return route.continue();
    if (kind === '404') return route.fulfill({ status: 404, contentType: 'text/plain', body: 'gone' });
    if (kind === 'hang') return healing.then(() => route.continue());
    const response = await route.fetch();
    return route.fulfill({ response, body: changed(await response.text(), mfe, kind) });
  });

  return {
    asked,
    arm: () => page.evaluate((name) => void Object.assign(globalThis, { [`soukArmed:${name}`]: true }), mfe),
    heal: async () => {
      broken = false;
      heal();
      await page.evaluate((name) => void Object.assign(globalThis, { [`soukHealed:${name}`]: true }), mfe);
    },
  };
}

const isDocument = ({ pathname }: URL): boolean => !/^\/(assets|api|push|favicon)/.test(pathname);

async function withoutIntegrity(route: Route, mfe: Mfe): Promise<void> {
  const response = await route.fetch({ maxRedirects: 0 });
  const type = response.headers()['content-type'] ?? '';
  if (!type.startsWith('text/html')) return route.fulfill({ response });
  const own = new RegExp(`^/assets/(?:retry-\\d+/)?${mfe}/`);
  const html = (await response.text())
    .replace(
      /(<script type="importmap"[^>]*>)(.*?)(<\/script>)/s,
      (_all, open: string, json: string, close: string) => {
        const map = JSON.parse(json) as { integrity: Record<string, string> };
        for (const path of Object.keys(map.integrity)) if (own.test(path)) delete map.integrity[path];
        return open + JSON.stringify(map).replaceAll('<', '\\u003c') + close;
      },
    )
    .replace(new RegExp(`(<link rel="modulepreload" href="/assets/${mfe}/[^"]+") integrity="[^"]+"`, 'g'), '$1');
  return route.fulfill({ response, body: html });
}

/** Imports are run first wherever they stand, so a prefix runs after them and before the module's own code. */
function changed(source: string, mfe: Mfe, kind: FaultKind): string {
  switch (kind) {
    case 'tampered':
      return `${source}\n// changed on its way`;
    case 'syntax':
      return `${source}\nconst = ;`;
    case 'throw-at-load':
      return `throw new Error('${mfe} throws while it loads');`;
    case 'throw-at-mount':
      return `(${breakElements.toString()})('${mfe}');\n${source}`;
    case 'throw-in-handler':
      return `(${breakHandler.toString()})('${mfe}', '${handled[mfe]}');\n${source}`;
    default:
      return source;
  }
}

/** Runs in the page: each element of the micro frontend throws when it is put into the page. */
function breakElements(mfe: string): void {
  const page = globalThis as unknown as Record<string, unknown>;
  if (page[`soukBroken:${mfe}`]) return;
  page[`soukBroken:${mfe}`] = true;
  const { define } = customElements;
  customElements.define = function (tag, element, options) {
    const { connectedCallback } = element.prototype as { connectedCallback?: () => void };
    if (tag.startsWith(`${mfe}-`))
      (element.prototype as { connectedCallback: () => void }).connectedCallback = function () {
        if (!page[`soukHealed:${mfe}`]) throw new Error(`${mfe} throws while it mounts`);
        connectedCallback?.call(this);
      };
    return define.call(this, tag, element, options);
  };
}

/** Runs in the page: a handler of the micro frontend throws once it is armed. */
function breakHandler(mfe: string, type: string): void {
  const page = globalThis as unknown as Record<string, unknown>;
  if (page[`soukBroken:${mfe}`]) return;
  page[`soukBroken:${mfe}`] = true;
  addEventListener(type, () => {
    const isArmed = page[`soukArmed:${mfe}`] && !page[`soukHealed:${mfe}`];
    if (isArmed) throw new Error(`${mfe} throws in a handler`);
  });
}
