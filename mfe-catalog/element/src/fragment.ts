import type { Home, Product, ProductList } from '@souk/catalog-api';
import { LitElementRenderer, render as renderLit } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import { english, inLocale, type Locale } from '@souk/shared-events/browser';
import { html, type TemplateResult } from 'lit';
import type { Handover } from './catalog-page.ts';
import { homeSource, listSource, productSource } from './addresses.ts';
import { dataBlocks, productThing, shopThing, wayThing } from './json-ld.ts';
import { isShelf } from './list/chosen.ts';
import { getJson, RequestProblem, type Fetch } from './get-json.ts';
import { words } from './words/index.ts';
import './define.ts';

/** What the gateway gives a fragment. */
export interface FragmentRequest {
  readonly url: URL;
  /** Fetches a path of the shop as the shopper who asks for the page. */
  readonly fetch: Fetch;
  /** Of the page's content security policy, for style tags. */
  readonly nonce: string;
  /** Language and currency of the page. @default English and EUR */
  readonly locale?: Locale;
}

/** What the gateway puts into the page. */
export interface Fragment {
  readonly status: number;
  readonly title: string;
  readonly description?: string;
  /** HTML for the head. */
  readonly head?: string;
  readonly html: string;
}

/** A page of the catalogue as HTML, rendered by the very elements that will take it over in the browser. */
export async function render({ url, fetch, nonce, locale = english }: FragmentRequest): Promise<Fragment> {
  const page = await pageAt(url, fetch).catch((error: unknown) => nothingAt(url, error));
  // Nothing is waited for from here on, so all of it is in one language.
  return inLocale(locale, () => {
    const { handover, template, ...parts } = page();
    const markup = collectResultSync(renderLit(template, { elementRenderers: [withNonce(nonce)] }));
    return { status: 200, ...parts, html: markup.replace(dataMark, () => dataScript(handover)) };
  });
}

/** Data are there; what is made of them depends on the language. */
type Page = () => PageParts;

interface PageParts extends Pick<Fragment, 'title' | 'description' | 'head'>, Partial<Pick<Fragment, 'status'>> {
  readonly template: TemplateResult;
  /** What the element reads before it first renders. */
  readonly handover: Handover<unknown>;
}

/** Stands for the data script, which is no template: Lit would escape it. */
const dataMark = '<!--souk:data-->';

async function pageAt(url: URL, fetch: Fetch): Promise<Page> {
  const home = homeSource(url);
  if (home) {
    const shown = { source: home, data: await getJson<Home>(home, { fetch }) };
    const template = html`<catalog-home .address=${url} .shown=${shown}><!--souk:data--></catalog-home>`;
    const head = dataBlocks([shopThing(url.origin)]);
    return () => {
      const { title, description } = words().home;
      return { template, handover: shown, title, description, head };
    };
  }
  const list = listSource(url);
  if (list) {
    const shown = { source: list, data: await getJson<ProductList>(list, { fetch }) };
    const template = html`<catalog-list .address=${url} .shown=${shown}><!--souk:data--></catalog-list>`;
    const category = isShelf(url) ? shown.data.category : undefined;
    const head = category && dataBlocks([wayThing(url.origin, [start, [category.title, `/c/${category.slug}`]])]);
    return () => {
      const title = category?.title ?? words().list.title;
      return { template, handover: shown, title, description: category?.description, ...(head && { head }) };
    };
  }
  const product = productSource(url);
  if (!product) throw new RequestProblem(404, `the catalogue has no page at ${url.pathname}`);
  const shown = { source: product, data: await getJson<Product>(product, { fetch }) };
  const template = html`<catalog-product .address=${url} .shown=${shown}><!--souk:data--></catalog-product>`;
  const { title, description, slug, category, pictures } = shown.data;
  const way = wayThing(url.origin, [start, [category.title, `/c/${category.slug}`], [title, `/p/${slug}`]]);
  const [picture] = pictures;
  const image =
    picture && `<meta property="og:image" content="${escapeAttribute(new URL(picture.src, url.origin).href)}">`;
  const head = [dataBlocks([productThing(url.origin, shown.data), way]), image].filter(Boolean).join('\n');
  return () => ({ template, handover: shown, title, description, head });
}

const start = ['Souk', '/'] as const;

const escapeAttribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** The page that says that there is nothing; any other problem is the gateway's to show. */
function nothingAt(url: URL, error: unknown): Page {
  if (!(error instanceof RequestProblem && error.isFinal)) throw error;
  const source = listSource(url) ?? productSource(url) ?? '';
  const template = listSource(url)
    ? html`<catalog-list .address=${url} .problem=${error}><!--souk:data--></catalog-list>`
    : html`<catalog-product .address=${url} .problem=${error}><!--souk:data--></catalog-product>`;
  const { status, former } = error;
  return () => ({
    ...{ status: status === 410 ? 410 : 404, template, handover: { source, former } },
    title: words().missing.title,
  });
}

/** `<` is escaped, so that no text of a product can end the script. */
function dataScript(handover: Handover<unknown>): string {
  return `<script type="application/json">${JSON.stringify(handover).replaceAll('<', '\\u003c')}</script>`;
}

/** Lit writes style tags without a nonce, which a strict policy refuses. */
function withNonce(nonce: string): typeof LitElementRenderer {
  return class extends LitElementRenderer {
    override renderShadow(
      ...args: Parameters<LitElementRenderer['renderShadow']>
    ): ReturnType<LitElementRenderer['renderShadow']> {
      const parts = super.renderShadow(...args);
      if (Array.isArray(parts) && parts[0] === '<style>') parts[0] = `<style nonce="${nonce}">`;
      return parts;
    }
  };
}
