export type { ProcessRow } from './control.ts';
export type { Split, SplitOptions } from './split.ts';

export { giveOrder, NotRunning } from './control.ts';
export { startSplit } from './split.ts';
