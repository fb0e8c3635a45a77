export { changeObject, flipped } from './change-object.ts';
export { tarOf } from './tar.ts';
export { changeManifest, writeBuild } from './write-build.ts';
export type { BuildToWrite } from './write-build.ts';
