import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

// Not the shop: what a team sees that runs its own micro frontend alone, with `pnpm --filter @souk/mfe-… dev`.

const playgrounds = [
  { mfe: 'mfe-catalog', title: 'Catalogue, alone', shows: { role: 'link', name: /See the/ } },
  { mfe: 'mfe-cart', title: 'Cart, alone', shows: { role: 'link', name: /^Cart/ } },
  { mfe: 'mfe-chat', title: 'Chat, alone', shows: { role: 'button', name: /Ask the shop/ } },
  { mfe: 'mfe-bell', title: 'Bell, alone', shows: { role: 'button', name: 'Notifications' } },
  { mfe: 'shell/ops', title: 'Operations, alone', shows: { role: 'link', name: /cart\.order-placed/ } },
] as const;

for (const { mfe, title, shows } of playgrounds)
  test(`${mfe} runs alone, with a mocked backend and a log of its events`, async ({ page }) => {
    const folder = join(import.meta.dirname, '..', mfe);
    const vite = join(folder, 'node_modules/.bin/vite');
    const args = ['playground', '--config', 'playground/vite.config.ts', '--port', '0', '--strictPort', 'false'];
    const server = spawn(vite, args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    try {
      const address = await new Promise<string>((resolve, reject) => {
        let said = '';
        server.stdout.on('data', (chunk: Buffer) => {
          said += chunk;
          const found = /http:\/\/[^\s]+/.exec(said);
          if (found) resolve(found[0]);
        });
        server.on('exit', () => reject(new Error(`the playground did not start: ${said}`)));
      });
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(address);
      await expect(page.getByRole('heading', { name: title })).toBeVisible();
      await expect(page.getByRole('heading', { name: 'Events', level: 2 })).toBeVisible();
      await expect(page.getByRole(shows.role, { name: shows.name }).first()).toBeVisible();
      expect(errors).toEqual([]);
    } finally {
      server.kill();
    }
  });
