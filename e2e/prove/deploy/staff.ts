import type { Shop } from '../../support/shop.ts';

/** Somebody of the staff, by HTTP. */
export interface Staff {
  /** Asks as staff. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** A new deploy token. */
  token(team: string, mfes: readonly string[]): Promise<{ readonly id: string; readonly token: string }>;
  /** What happened last at a micro frontend, the last thing first. */
  history(mfe: string): Promise<readonly HistoryEntry[]>;
}

/** One thing that happened. */
export interface HistoryEntry {
  readonly what: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Signs in by the form that people use. */
export async function signIn({ url, staffPassword }: Shop): Promise<Staff> {
  const body = new URLSearchParams({ name: 'Karim', password: staffPassword });
  const answer = await fetch(`${url}/sign-in`, { method: 'POST', redirect: 'manual', body });
  const cookie = answer.headers.getSetCookie().at(-1)?.split(';')[0] ?? '';
  const ask: Staff['ask'] = (path, init = {}) =>
    fetch(url + path, {
      ...init,
      headers: { cookie, ...(init.body !== undefined && { 'content-type': 'application/json' }) },
    });
  return {
    ask,
    async token(team, mfes) {
      const made = await ask('/registry/tokens', { method: 'POST', body: JSON.stringify({ team, mfes, days: 1 }) });
      if (!made.ok) throw new Error(`no token: ${made.status} ${await made.text()}`);
      return (await made.json()) as { id: string; token: string };
    },
    async history(mfe) {
      const answer = await ask(`/registry/history?mfe=${mfe}&limit=20`);
      return ((await answer.json()) as { entries: HistoryEntry[] }).entries;
    },
  };
}
