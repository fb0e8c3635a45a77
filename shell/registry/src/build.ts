export { readBuild } from './build-folder.ts';
export type { Build } from './build-folder.ts';
export { packBuild } from './pack-build.ts';
