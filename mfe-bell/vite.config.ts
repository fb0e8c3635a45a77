import { mfe } from '@souk/vite-plugin-mfe';
import { defineConfig } from 'vite';
import { manifest } from './manifest.ts';

export default defineConfig({ plugins: [mfe(manifest)] });
