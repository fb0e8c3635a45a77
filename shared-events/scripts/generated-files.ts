import { browserContract } from '../src/browser/contract.ts';
import { guardsModule, guardsTypes } from './guards.ts';

/** Every generated file with its content, by name in `generated/`. */
export async function generatedFiles(): Promise<Record<string, string>> {
  return {
    'guards.js': guardsModule(browserContract),
    'guards.d.ts': guardsTypes(browserContract),
  };
}
