import { fileURLToPath } from 'node:url';
import { msw } from 'msw/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [msw({ mode: 'worker-only' })],
  server: { host: '127.0.0.1', port: 4350, strictPort: true, fs: { allow: ['../..'] } },
});
