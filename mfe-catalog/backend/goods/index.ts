import { ceramicsTable } from './ceramics-table.ts';
import { ceramicsVases } from './ceramics-vases.ts';
import type { Good } from './good.ts';
import { kilims } from './kilims.ts';
import { lanterns } from './lanterns.ts';
import { metalwork } from './metalwork.ts';
import { spicesGround } from './spices-ground.ts';
import { spicesWhole } from './spices-whole.ts';
import { teaGlasses } from './tea-glasses.ts';
import { textiles } from './textiles.ts';
import { zelligeFields } from './zellige-fields.ts';
import { zelligeStars } from './zellige-stars.ts';

/** All goods of the default shop, in the order of their categories. */
export const goods: readonly Good[] = [
  ...zelligeStars,
  ...zelligeFields,
  ...kilims,
  ...teaGlasses,
  ...lanterns,
  ...ceramicsTable,
  ...ceramicsVases,
  ...spicesGround,
  ...spicesWhole,
  ...textiles,
  ...metalwork,
];

export { categories } from './categories.ts';
export type { Good } from './good.ts';
