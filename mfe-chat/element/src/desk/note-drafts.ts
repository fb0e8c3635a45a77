/** Notes that are begun and not kept yet, by conversation; for as long as the page lives. */
export const noteDrafts = new Map<string, string>();
