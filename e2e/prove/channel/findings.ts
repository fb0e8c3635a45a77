/** What one part of the proof has seen. */
export interface Findings {
  /** Name of the part, for the report. */
  readonly part: string;
  /** Checks of promises that were kept, by promise. */
  readonly kept: Map<string, number>;
  /** What was broken, each with what replays it. */
  readonly broken: string[];
  /** What else is worth telling: `48 120 events acknowledged`. */
  readonly told: string[];
}

/** An empty one. */
export function createFindings(part: string): Findings {
  return { part, kept: new Map(), broken: [], told: [] };
}

/** Counts a promise as kept, or notes how it was broken. @param where what a person needs to see it again */
export function check(findings: Findings, promise: string, where: string, wrong: readonly string[]): void {
  if (wrong.length === 0) findings.kept.set(promise, (findings.kept.get(promise) ?? 0) + 1);
  else findings.broken.push(`${promise}: ${wrong.slice(0, 3).join('; ')} (${wrong.length} in all; ${where})`);
}

/** Lines for the end: a table of what was kept, then what was broken. */
export function reportOf(all: readonly Findings[]): string {
  const rows = all.flatMap(({ part, kept }) => [...kept].map(([promise, count]) => [part, promise, String(count)]));
  const table = [['fault', 'promise', 'kept'], ...rows];
  const widths = table[0]!.map((_head, column) => Math.max(...table.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const told = all.flatMap(({ part, told: lines }) => lines.map((text) => `${part}: ${text}`));
  const broken = all.flatMap(({ part, broken: lines }) => lines.map((text) => `BROKEN, ${part}: ${text}`));
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(table[0]!), rule, ...rows.map(line), '', ...told, ...broken].join('\n');
}
