import { fileURLToPath } from 'node:url';
import { msw } from 'msw/vite';
import { defineConfig } from 'vite';
import { plugins } from '../vite.config.ts';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [...plugins, msw({ mode: 'worker-only' })],
  server: { host: '127.0.0.1', fs: { allow: ['../..'] } },
});
