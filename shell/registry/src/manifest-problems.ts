import { extname } from 'node:path';
import type { MfeManifest } from './manifest.ts';
import { isPlainPath } from './plain-path.ts';

const tag = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/;
const eventType = /^[a-z][a-z0-9]*:[a-z][a-z0-9-]{0,80}$/;
/** What the gateway serves, by extension: what the build makes. */
const mediaTypes: Readonly<Record<string, string>> = {
  ...{ '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml' },
  ...{ '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.avif': 'image/avif' },
};
/** Names under `/assets/` and in events that are taken. */
const reservedNames: readonly string[] = ['shell', 'souk'];
const routePath = /^\/([a-z0-9-]+|:[a-z][a-zA-Z0-9]*)?(\/([a-z0-9-]+|:[a-z][a-zA-Z0-9]*))*$/;

/** What a manifest of the right shape says that cannot be true, one clause each. Pure. */
export const manifestProblems = (manifest: MfeManifest): readonly string[] => {
  const { name, entries, elements, routes, slots, api, contract, files, fragment } = manifest;
  const problems: string[] = [];
  const need = (ok: boolean, problem: string) => {
    if (!ok) problems.push(problem);
  };
  const paths = new Set(files.map((file) => file.path));
  need(paths.size === files.length, 'files: the same path twice');
  for (const path of paths) need(isPlainPath(path), `files: "${path}" is not a plain relative path`);
  for (const { path, type } of files) {
    const expected = mediaTypes[extname(path)];
    need(
      type === expected,
      `files: "${path}" is told as ${type}, ${expected ?? 'but files of this kind are not served'}`,
    );
  }
  if (fragment) need(fragment.path === 'server/fragment.js', 'fragment: must be "server/fragment.js"');
  need(api === undefined || api === `/api/${name}`, `api: "${api}" must be "/api/${name}"`);
  for (const [entry, { file, imports, words = {} }] of Object.entries(entries)) {
    need(/^[a-z][a-z0-9-]*$/.test(entry), `entries: "${entry}" is not a lower-case word`);
    for (const path of [file, ...imports, ...Object.values(words)]) {
      need(paths.has(path), `entries: "${entry}" needs "${path}", not in files`);
      need(path.endsWith('.js'), `entries: "${entry}" needs "${path}", which is no module`);
    }
  }
  for (const [element, entry] of Object.entries(elements)) {
    need(tag.test(element) && element.startsWith(`${name}-`), `elements: <${element}> must start with "${name}-"`);
    need(Object.hasOwn(entries, entry), `elements: <${element}> names the entry "${entry}", which does not exist`);
  }
  for (const { path, element } of routes) {
    need(routePath.test(path), `routes: "${path}" is not a path pattern such as "/p/:product"`);
    need(Object.hasOwn(elements, element), `routes: "${path}" shows <${element}>, not one of its elements`);
  }
  for (const { slot, element } of slots) {
    need(Object.hasOwn(elements, element), `slots: "${slot}" shows <${element}>, not one of its elements`);
  }
  need(!reservedNames.includes(name), `name: "${name}" is the shell's own`);
  for (const [list, events] of Object.entries(contract)) {
    for (const type of Object.keys(events)) need(eventType.test(type), `contract: ${list} "${type}", no event type`);
  }
  for (const list of ['emits', 'pushes'] as const) {
    for (const type of Object.keys(contract[list])) {
      need(type.startsWith(`${name}:`), `contract: ${list} "${type}", which belongs to another owner`);
    }
  }
  for (const [type, { entry }] of Object.entries(contract.handles)) {
    need(type.startsWith(`${name}:`), `contract: handles "${type}", which belongs to another owner`);
    need(Object.hasOwn(entries, entry), `contract: "${type}" names the entry "${entry}", which does not exist`);
  }
  return problems;
};
