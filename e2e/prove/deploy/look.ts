/** Looks at one promise; what it resolves with is what was seen, what it rejects with is how it was broken. */
export type Look = (what: string, promise: () => Promise<string>) => Promise<void>;
