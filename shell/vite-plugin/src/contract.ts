import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuiltContract, BuiltRequest, ContractEntry, ContractSchema, ContractUse } from './contract-types.ts';

/** The contract and the code of a micro frontend do not fit; `message` has one line per contradiction. */
export class ContractMismatch extends Error {
  readonly code = 'contract-mismatch';
  constructor(name: string, problems: readonly string[]) {
    super(`The contract of "${name}" does not fit:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ContractMismatch';
  }
}

/**
 * The events of the copy of `@souk/shared-events` that a package is built with, and those it brings itself.
 * @param root folder of the package
 */
export const contractAt = async (
  root: string,
  own: readonly ContractEntry[] = [],
): Promise<ReadonlyMap<string, ContractEntry>> => {
  const shared = await sharedContract(root);
  return new Map([...shared, ...own].map((entry) => [entry.event.type, entry]));
};

const sharedContract = async (root: string): Promise<readonly ContractEntry[]> => {
  let path: string;
  try {
    path = createRequire(join(root, 'package.json')).resolve('@souk/shared-events/browser/contract');
  } catch {
    return []; // it is built without it, and says so by naming none of its events
  }
  const module = (await import(pathToFileURL(path).href)) as { browserContract: readonly ContractEntry[] };
  return module.browserContract;
};

/**
 * Puts the schemas to the types that a manifest names.
 * @throws {ContractMismatch} when a type is in no contract, or of another kind
 */
export const builtContract = (
  name: string,
  use: ContractUse,
  contract: ReadonlyMap<string, ContractEntry>,
): BuiltContract => {
  const problems: string[] = [];
  const find = (list: string, type: string, isRequest: boolean): ContractEntry | undefined => {
    const entry = contract.get(type);
    if (entry === undefined) problems.push(`${list}: "${type}" is no event of the contract that this is built with`);
    else if ((entry.event.kind === 'request') !== isRequest) {
      problems.push(`${list}: "${type}" is a ${entry.event.kind}; ${isRequest ? 'only' : 'no'} requests stand here`);
    } else return entry;
    return undefined;
  };
  const details = (list: 'emits' | 'pushes' | 'listens') =>
    byType(
      (use[list] ?? []).map((type) => {
        const schema = find(list, type, false)?.schema ?? {};
        return [type, list === 'listens' ? schema : closed(schema)] as const;
      }),
    );
  const request = (list: 'requests' | 'handles', type: string): BuiltRequest => {
    const { schema = {}, replySchema = {} } = find(list, type, true) ?? {};
    return list === 'requests'
      ? { payload: closed(schema), reply: replySchema }
      : { payload: schema, reply: closed(replySchema) };
  };
  const built = {
    emits: details('emits'),
    pushes: details('pushes'),
    listens: details('listens'),
    requests: byType(use.requests.map((type) => [type, request('requests', type)] as const)),
    handles: byType(
      Object.entries(use.handles).map(([type, entry]) => [type, { entry, ...request('handles', type) }] as const),
    ),
  };
  if (problems.length > 0) throw new ContractMismatch(name, problems);
  return built;
};

/**
 * Which events of the contract the code names without the manifest saying so, one sentence each. Only the classes that
 * are used are in a bundle, so whatever stands there is emitted, heard, asked or answered.
 */
export const unnamedEvents = (
  code: readonly string[],
  use: ContractUse,
  contract: ReadonlyMap<string, ContractEntry>,
): readonly string[] => {
  const { emits, listens, requests, handles } = use;
  const named = new Set([...emits, ...listens, ...requests, ...Object.keys(handles)]);
  const found = new Set(
    code
      .flatMap((text) => [...text.matchAll(/["'`]([a-z][a-z0-9]*:[a-z][a-z0-9-]*)["'`]/g)])
      .map(([, type = '']) => type),
  );
  return [...found]
    .filter((type) => contract.has(type) && !named.has(type))
    .toSorted()
    .map((type) => `the code uses "${type}", which the manifest names under none of emits, listens, requests, handles`);
};

/**
 * The schema of what is sent: nothing but the members that it names, as the types of the events make sure of. A receiver's
 * schema stays open, so that a sender may gain members first. An object beside `anyOf` is left as it is, for its members
 * are named in several places.
 */
const closed = (schema: ContractSchema): ContractSchema => {
  const { anyOf, items, properties } = schema as {
    anyOf?: ContractSchema[];
    items?: ContractSchema;
    properties?: object;
  };
  const isClosable = properties !== undefined && anyOf === undefined && !('additionalProperties' in schema);
  return {
    ...schema,
    ...(anyOf !== undefined && properties === undefined && { anyOf: anyOf.map(closed) }),
    ...(items !== undefined && { items: closed(items) }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, value]) => [name, closed(value as ContractSchema)]),
      ),
    }),
    ...(isClosable && { additionalProperties: false }),
  };
};

const byType = <Value>(entries: readonly (readonly [string, Value])[]): Readonly<Record<string, Value>> =>
  Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
