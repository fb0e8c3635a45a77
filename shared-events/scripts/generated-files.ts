import { join } from 'node:path';
import { browserContract } from '../src/browser/contract.ts';
import { askSchemas, integrationSchemas, subjectTypes } from '../src/integration/index.ts';
import { asyncApiDocument } from './asyncapi.ts';
import { contractTable } from './contract-table.ts';
import { readContractUse } from './contract-use.ts';
import { guardsModule, guardsTypes } from './guards.ts';

const root = join(import.meta.dirname, '../..');

/** Every generated file with its content, by name in `generated/`. */
export async function generatedFiles(): Promise<Record<string, string>> {
  const uses = await readContractUse(root);
  const document = asyncApiDocument(browserContract, subjectTypes, integrationSchemas, askSchemas);
  return {
    'guards.js': guardsModule(browserContract),
    'guards.d.ts': guardsTypes(browserContract),
    'asyncapi.json': `${JSON.stringify(document, null, 2)}\n`,
    'contract.md': contractTable(browserContract, uses, subjectTypes, integrationSchemas),
  };
}
