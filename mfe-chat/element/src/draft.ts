import type { Sent } from './upload.ts';

/** What was written and not sent. */
export interface Draft {
  readonly text: string;
  readonly files: readonly Sent[];
}

const prefix = 'souk-chat-draft:';

/** The draft of a conversation in this browser, if there is one. @param owner conversation and side */
export function readDraft(owner: string): Draft | undefined {
  try {
    const found = JSON.parse(localStorage.getItem(prefix + owner) ?? 'null') as Partial<Draft> | null;
    return typeof found?.text === 'string' && Array.isArray(found.files) ? (found as Draft) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps it, or forgets it when nothing is in it. */
export function keepDraft(owner: string, draft: Draft): void {
  try {
    if (draft.text === '' && draft.files.length === 0) localStorage.removeItem(prefix + owner);
    else localStorage.setItem(prefix + owner, JSON.stringify(draft));
  } catch {
    // Where nothing can be stored, a draft lives as long as the page.
  }
}

/** Forgets the drafts of other shoppers at this browser; those of the desk stay. */
export function forgetOtherDrafts(owner: string): void {
  try {
    const others = Object.keys(localStorage).filter(
      (key) => key.startsWith(prefix) && key !== prefix + owner && !key.startsWith(`${prefix}staff:`),
    );
    for (const key of others) localStorage.removeItem(key);
  } catch {
    // Where nothing can be stored, nothing is left over either.
  }
}
