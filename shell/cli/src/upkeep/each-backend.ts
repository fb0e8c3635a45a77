import { CommandFailed } from '../errors.ts';
import type { StaffRequest } from '../shop/as-staff.ts';
import { backendNames } from '../shop/status.ts';

/**
 * What each backend answers on a path below its own: `projections` asks `/api/catalog/projections` and so on. Who has no
 * such path is left out; who is not there at all is named.
 * @throws {CommandFailed}
 */
export async function eachBackend<Answer>(
  request: StaffRequest,
  url: string,
  path: string,
): Promise<{ readonly answers: ReadonlyMap<string, Answer>; readonly missing: readonly string[] }> {
  const answers = new Map<string, Answer>();
  const missing: string[] = [];
  for (const name of await backendNames(url)) {
    try {
      answers.set(name, (await (await request(`/api/${name}/${path}`)).json()) as Answer);
    } catch (error) {
      if (!(error instanceof CommandFailed) || error.status === undefined) throw error;
      if (error.status >= 500) missing.push(name);
      else if (error.status !== 404) throw error;
    }
  }
  return { answers, missing };
}

/** A line about backends that did not answer, if there are any. */
export function missingNote(missing: readonly string[]): string[] {
  return missing.length === 0 ? [] : [`Warning: not asked, as they do not answer: ${missing.join(', ')}`];
}

/** Columns side by side, with a head. */
export function columnsOf(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, index) => Math.max(...[head, ...rows].map((row) => (row[index] ?? '').length)));
  return [head, ...rows].map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
