import { payloadOf, type Entry } from './entry.ts';
import { replayable } from './replay.ts';

/**
 * What was recorded, as a Playwright test for `e2e/`: it does what was done, and waits for the states that followed.
 * @param path where the recording began
 */
export const exportTest = (path: string, entries: readonly Entry[]): string => {
  const causes = new Set(replayable(entries));
  const lines: string[] = [];
  let at = path;
  for (const entry of entries) {
    if (causes.has(entry)) lines.push(causeLine(entry));
    if (entry.type === 'shell:navigate') at = pathIn(payloadOf(entry)) ?? at;
    const navigated = entry.type === 'shell:navigated' ? pathIn(entry.detail) : undefined;
    if (navigated !== undefined && navigated !== at) {
      // By a click on a link, which is no event.
      lines.push(`await page.goto(${quoted(navigated)});`);
      at = navigated;
    } else if ((entry.kind === 'state' || entry.kind === 'push') && entry.dropped === 0 && navigated === undefined) {
      const line = `await events.waitFor(${quoted(entry.type)}, matching(${code(steady(entry.detail))}));`;
      if (lines.at(-1) !== line) lines.push(line);
    }
  }
  return `import { matching, test } from './support/test.ts';

test('what was recorded on ${path.replaceAll("'", '')}', async ({ page, events }) => {
  await page.goto(${quoted(path)});
${lines.map((line) => `  ${line}`).join('\n')}
});
`;
};

const causeLine = (entry: Entry): string => {
  const { kind, type } = entry;
  const detail = code(payloadOf(entry));
  if (kind !== 'request') return `await events.emit(page, ${quoted(type)}, ${detail});`;
  const isRefused = entry.outcome?.ok === false;
  return `await events.ask(page, ${quoted(type)}, ${detail})${isRefused ? '.catch(() => undefined)' : ''};`;
};

/** Numbers and switches come out the same next time; texts may be ids and times. */
const steady = (detail: unknown): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries((detail ?? {}) as Record<string, unknown>).filter(
      ([name, value]) => (typeof value === 'number' && !name.endsWith('Ms')) || typeof value === 'boolean',
    ),
  );

const pathIn = (detail: unknown): string | undefined => {
  const path = (detail as { path?: unknown } | null)?.path;
  return typeof path === 'string' ? path : undefined;
};

const quoted = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll(`\\"`, '"').replaceAll("'", "\\'")}'`;

const code = (value: unknown): string => JSON.stringify(value) ?? 'undefined';
