export { mfe, InvalidManifest } from './mfe.ts';
export type { MfeOptions } from './mfe.ts';
export { builtContract, contractAt, ContractMismatch } from './contract.ts';
export type {
  BuiltContract,
  BuiltHandler,
  BuiltRequest,
  ContractEntry,
  ContractSchema,
  ContractUse,
} from './contract-types.ts';
export { BuildRefused, describeBuild } from './describe-build.ts';
export { esModules, outputOf, packageVersion } from './es-modules.ts';
export { defineManifest, manifestProblems } from './manifest.ts';
export type {
  BuiltEntry,
  BuiltFile,
  BuiltManifest,
  Importance,
  Manifest,
  Route,
  SlotEntry,
  SlotName,
} from './manifest.ts';
export { checkWords, WordsIncomplete } from './words.ts';
