import type { BuiltContract, ContractUse } from './contract-types.ts';

/**
 * How much of the shop stands on this micro frontend. It decides how loud its wall is when it fails:
 * `primary` = the main content (a full panel), `essential` = a compact chip, `regular` = a quiet retry.
 */
export type Importance = 'primary' | 'essential' | 'regular';

/** A place in the page outside `<main>` that elements are put into. */
export type SlotName = 'header-search' | 'header-end' | 'page-end';

/** One page of the shop. */
export interface Route {
  /** Path pattern; `:name` is one path segment and becomes the attribute `name` of the element. */
  readonly path: string;
  /** Tag of the element that is the page; a key of {@link Manifest.elements}. */
  readonly element: string;
  /** Document title until the element sets a better one. */
  readonly title: string;
  /**
   * Somebody is in the middle of something here, such as paying: an open page on this route takes no newer versions
   * until it is left. @default false
   */
  readonly steady?: boolean;
}

/** One element in a slot of every page. */
export interface SlotEntry {
  readonly slot: SlotName;
  readonly element: string;
  /** Place among the slot's elements; smaller comes first. */
  readonly order: number;
}

/** What a micro frontend says about itself: the only thing that the shell knows of it. */
export interface Manifest {
  /** Lower-case name; prefix of its element tags, its event types and its API. */
  readonly name: string;
  /** The team that owns it. */
  readonly owner: string;
  readonly importance: Importance;
  /** Module name → source file, relative to the package. `mini` is imported as `@souk/mfe-<name>/mini`. */
  readonly entries: Readonly<Record<string, string>>;
  /** Element tag → name of the entry whose import defines it. */
  readonly elements: Readonly<Record<string, string>>;
  readonly routes: readonly Route[];
  readonly slots: readonly SlotEntry[];
  /** Source file of the server entry (`render()`), relative to the package, if it has one. */
  readonly fragment?: string | undefined;
  /** Path under which its backend answers, such as `/api/cart`; left out by one that brings no backend. */
  readonly api?: string | undefined;
  readonly contract: ContractUse;
}

/** One file that the browser may load. */
export interface BuiltFile {
  /** Path relative to `dist/client`. A brotli copy lies beside it under `<path>.br`. */
  readonly path: string;
  /** Size in bytes, not compressed. */
  readonly size: number;
  /** Subresource integrity, `sha384-…`. */
  readonly integrity: string;
  /** Media type, such as `text/javascript`. */
  readonly type: string;
}

/** One module of the import map, after the build. */
export interface BuiltEntry {
  /** Hashed file, relative to `dist/client`. */
  readonly file: string;
  /** Every file that it imports statically, also through other chunks: worth a `modulepreload`. */
  readonly imports: readonly string[];
  /** The file with its words, by language: the page's is worth a `modulepreload` too. Left out by one without words. */
  readonly words?: Readonly<Record<string, string>>;
}

/** Content of `dist/mfe.json`: the manifest, with sources replaced by what was built from them. */
export interface BuiltManifest extends Omit<Manifest, 'entries' | 'fragment' | 'contract'> {
  /** `<package version>-<first 8 hex digits of the content's hash>`: the same content has the same version. */
  readonly version: string;
  readonly entries: Readonly<Record<string, BuiltEntry>>;
  /** The events that the manifest names, with the schemas of the contract that it was built with. */
  readonly contract: BuiltContract;
  readonly files: readonly BuiltFile[];
  /** The server entry; its path is relative to `dist`. */
  readonly fragment?: BuiltFile;
}

/** Gives a manifest its type and keeps its literal names; does nothing else, so it may run anywhere. */
export const defineManifest = <const M extends Manifest>(manifest: M): M => manifest;

/** What is wrong with a manifest, one sentence each; an empty list when it is sound. */
export const manifestProblems = (manifest: Manifest): readonly string[] => {
  const { name, entries, elements, routes, slots, api, contract } = manifest;
  const problems: string[] = [];
  const need = (ok: boolean, problem: string) => {
    if (!ok) problems.push(problem);
  };
  need(/^[a-z][a-z0-9]*$/.test(name), `name: "${name}" is not a lower-case word`);
  need(api === undefined || api === `/api/${name}`, `api: "${api}" must be "/api/${name}"`);
  for (const [tag, entry] of Object.entries(elements)) {
    need(tag.startsWith(`${name}-`), `elements: <${tag}> must start with "${name}-"`);
    need(entry in entries, `elements: <${tag}> names the entry "${entry}", which does not exist`);
  }
  for (const { path, element } of routes) {
    need(path.startsWith('/'), `routes: "${path}" must start with "/"`);
    need(element in elements, `routes: "${path}" shows <${element}>, which is not one of its elements`);
  }
  for (const { slot, element } of slots) {
    need(element in elements, `slots: "${slot}" shows <${element}>, which is not one of its elements`);
  }
  for (const [type, entry] of Object.entries(contract.handles)) {
    need(type.startsWith(`${name}:`), `contract: handles "${type}", which belongs to another owner`);
    need(entry in entries, `contract: "${type}" names the entry "${entry}", which does not exist`);
  }
  for (const type of [...contract.emits, ...(contract.pushes ?? [])]) {
    need(type.startsWith(`${name}:`), `contract: emits "${type}", which belongs to another owner`);
  }
  return problems;
};
