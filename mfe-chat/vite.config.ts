import vue from '@vitejs/plugin-vue';
import { mfe } from '@souk/vite-plugin-mfe';
import { defineConfig } from 'vite';
import { manifest } from './manifest.ts';

export default defineConfig({ plugins: [vue(), mfe(manifest)] });
