import { mfe } from '@souk/vite-plugin-mfe';
import { defineConfig } from 'vite';
import { events } from './events/index.ts';
import { manifest } from './manifest.ts';

/** What the sources need, in the shop and in the playground. */
export const plugins = [];

export default defineConfig({ plugins: [...plugins, mfe(manifest, { events })] });
