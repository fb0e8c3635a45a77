import type { IncomingHttpHeaders } from 'node:http';

/** Methods that change nothing. */
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may change something: it must come from our own page, or from no page at all.
 * Browsers say so in `Sec-Fetch-Site`; an older one sends `Origin`, which must name this host.
 * A request with neither header comes from no browser (curl, another server) and carries nobody's cookie unasked.
 */
export const mayChangeState = (method: string, headers: IncomingHttpHeaders): boolean => {
  if (safeMethods.has(method)) return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return headers.origin === undefined || isSameHost(headers.origin, headers.host);
};

/** Whether a read is asked for by our own page or by no page at all. */
export const isFromOwnPage = (headers: IncomingHttpHeaders): boolean => {
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
};

const isSameHost = (origin: string, host: string | undefined): boolean => {
  try {
    return host !== undefined && new URL(origin).host === host.toLowerCase();
  } catch {
    return false; // "null" of a sandboxed frame
  }
};
