import { escapeHtml } from '../page/html.ts';
import { alternates } from './sitemap.ts';

/** What a page says of itself to search engines and to who is sent a link to it. */
export interface FoundPage {
  readonly title: string;
  readonly description: string;
  readonly url: URL;
}

/** Parts of a query that make another page of it, rather than the same one sorted or narrowed down. */
const ownPages = ['q', 'page'];

/** Canonical address, the same page in other languages, and Open Graph (ogp.me), as HTML for the head. */
export const headTags = ({ title, description, url }: FoundPage): string => {
  const query = new URLSearchParams([...url.searchParams].filter(([name]) => ownPages.includes(name)));
  const address = url.origin + url.pathname + (query.size > 0 ? `?${query.toString()}` : '');
  const links = alternates(address).map(
    ([language, href]) => `<link rel="alternate" hreflang="${language}" href="${escapeHtml(href)}">`,
  );
  const graph = { site_name: 'Souk', type: 'website', title, description, url: address };
  return [
    `<link rel="canonical" href="${escapeHtml(address)}">`,
    ...links,
    ...Object.entries(graph).map(([name, text]) => `<meta property="og:${name}" content="${escapeHtml(text)}">`),
  ].join('\n');
};
