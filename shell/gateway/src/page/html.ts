const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML, also inside a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);

/** JSON as it may stand in a script element: no `</script>` or `<!--` can appear in it. */
export const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** A path of our own to go to, or `undefined` when the text could lead anywhere else. */
export const ownPath = (text: unknown): string | undefined =>
  typeof text === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(text) && !text.includes('\\') ? text : undefined;

/** The path of the page that a request came from, when it was one of ours. */
export const refererPath = (referer: string | undefined, host: string | undefined): string | undefined => {
  try {
    const url = new URL(referer ?? '');
    return url.host === host ? ownPath(url.pathname + url.search) : undefined;
  } catch {
    return undefined;
  }
};
