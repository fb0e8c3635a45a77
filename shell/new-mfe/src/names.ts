import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The frameworks that there is a template for. */
export const frameworks = ['lit', 'preact', 'react', 'solid', 'svelte', 'vanilla', 'vue'] as const;

/** One of {@link frameworks}. */
export type Framework = (typeof frameworks)[number];

/** What was asked for cannot be made; `message` says what to do instead. */
export class NewMfeRefused extends Error {
  readonly code: 'bad-name' | 'name-taken' | 'unknown-framework';
  constructor(code: NewMfeRefused['code'], message: string) {
    super(message);
    this.name = 'NewMfeRefused';
    this.code = code;
  }
}

/** Prefixes of addresses, events and subjects that belong to the shell, and the name that stands in the templates. */
const reserved = ['shell', 'souk', 'push', 'events', 'registry', 'page', 'sample'];

/**
 * The name becomes the prefix of tags, events, subjects and addresses.
 * @throws {NewMfeRefused} not a lower-case word, reserved, or taken by a folder of the workspace
 */
export function checkName(root: string, name: string): void {
  if (!/^[a-z]{2,20}$/.test(name)) {
    throw new NewMfeRefused('bad-name', `"${name}" is no name; take one lower-case word of 2 to 20 letters: reviews`);
  }
  if (reserved.includes(name)) throw new NewMfeRefused('bad-name', `"${name}" belongs to the shell; take another name`);
  for (const folder of [`mfe-${name}`, `shell/${name}`]) {
    if (existsSync(join(root, folder))) {
      throw new NewMfeRefused('name-taken', `${folder} is there already; take another name, or delete that folder`);
    }
  }
}

/** @throws {NewMfeRefused} there is no template for it */
export function checkFramework(name: string): Framework {
  const known = frameworks.find((framework) => framework === name);
  if (known) return known;
  const text = name === '' ? 'Name a framework' : `There is no template for "${name}"`;
  throw new NewMfeRefused('unknown-framework', `${text}: --framework ${frameworks.join('|')}`);
}
