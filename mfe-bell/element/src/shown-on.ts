/** What a page of the shop is about: the order of `/orders/<id>`, the product of `/p/<slug>`. */
export function shownOn(pathname: string): string | undefined {
  const [, id] = /^\/(?:orders|p)\/([^/]+)$/.exec(pathname) ?? [];
  try {
    return id && decodeURIComponent(id);
  } catch {
    return undefined;
  }
}
