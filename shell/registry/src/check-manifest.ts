import { Compile } from 'typebox/compile';
import { InvalidManifest } from './errors.ts';
import { ManifestSchema } from './manifest.ts';
import type { MfeManifest } from './manifest.ts';
import { manifestProblems } from './manifest-problems.ts';

const shape = Compile(ManifestSchema);

/**
 * Reads what claims to be a manifest.
 * @param where names the file in messages
 * @throws {InvalidManifest} with every problem that was found
 */
export const checkManifest = (value: unknown, where: string): MfeManifest => {
  if (!shape.Check(value)) {
    const problems = shape.Errors(value).map((error) => `${error.instancePath || '/'} ${error.message}`);
    throw new InvalidManifest(where, problems.slice(0, 10));
  }
  const problems = manifestProblems(value);
  if (problems.length > 0) throw new InvalidManifest(where, problems);
  return value;
};
