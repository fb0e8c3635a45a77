import { categoryScenes } from './scenes/categories.ts';
import type { Scene } from './scenes/composition.ts';
import { hero } from './scenes/hero.ts';

/** The scenes by picture name: one for each category, and the stall for the home page. */
export const scenes: Readonly<Record<string, Scene>> = { ...categoryScenes, hero };
