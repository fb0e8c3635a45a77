/**
 * Writes `generated/` from the contract: guards, AsyncAPI document, table; and a golden file for each new type of event.
 * With `--check` it writes nothing and exits 1 when a generated file is stale.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { guardName, replyGuardName } from './guards.ts';

const generated = join(import.meta.dirname, '../generated');
const events = join(import.meta.dirname, '../src/browser');
const checkOnly = process.argv.includes('--check');

if (!checkOnly) stubMissingGuards();
const { generatedFiles } = await import('./generated-files.ts');
const stale: string[] = [];
for (const [name, content] of Object.entries(await generatedFiles())) {
  const path = join(generated, name);
  if (existsSync(path) && readFileSync(path, 'utf8') === content) continue;
  stale.push(name);
  if (!checkOnly) writeFileSync(path, content);
}
if (!checkOnly) stale.push(...(await import('./golden.ts')).writeMissingGoldens());
if (checkOnly && stale.length > 0) {
  console.error(`stale: ${stale.join(', ')}; run node shared-events/scripts/generate.ts`);
  process.exit(1);
}
console.log(stale.length === 0 ? 'generated files are fresh' : `written: ${stale.join(', ')}`);

/** The events import their guards, so the file of a new event would not load before its guard exists. */
function stubMissingGuards(): void {
  mkdirSync(generated, { recursive: true });
  const path = join(generated, 'guards.js');
  const present = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const names = readdirSync(events)
    .filter((file) => file.includes('-') && file.endsWith('.ts') && !file.includes('.test'))
    .map((file) => classNameOf(basename(file, '.ts')))
    .flatMap((name) => [guardName(name), replyGuardName(name)]);
  const missing = names.filter((name) => !present.includes(`export const ${name} =`));
  if (missing.length === 0) return;
  writeFileSync(path, present + missing.map((name) => `export const ${name} = () => true;\n`).join(''));
}

function classNameOf(file: string): string {
  return file.replace(/(^|-)(.)/g, (_, _dash, letter: string) => letter.toUpperCase());
}
