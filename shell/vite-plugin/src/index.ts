export { mfe, InvalidManifest } from './mfe.ts';
export { BuildRefused, describeBuild } from './describe-build.ts';
export { esModules, outputOf, packageVersion } from './es-modules.ts';
export { defineManifest, manifestProblems } from './manifest.ts';
export type {
  BuiltEntry,
  BuiltFile,
  BuiltManifest,
  ContractUse,
  Importance,
  Manifest,
  Route,
  SlotEntry,
  SlotName,
} from './manifest.ts';
