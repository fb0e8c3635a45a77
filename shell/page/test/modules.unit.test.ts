import { expect, it } from 'vitest';
import { createModules, retryAddress } from '../src/modules.ts';

const setUp = () => {
  const asked: string[] = [];
  const attempts: PromiseWithResolvers<void>[] = [];
  const modules = createModules({
    resolve: (specifier) => `https://souk.example/assets/${specifier.replace('@souk/mfe-', '')}.js`,
    importModule: (url) => {
      asked.push(new URL(url).pathname);
      const attempt = Promise.withResolvers<void>();
      attempts.push(attempt);
      return attempt.promise;
    },
  });
  return { asked, attempts, modules };
};

it('loads an entry once, whoever asks and however often', async () => {
  const { asked, attempts, modules } = setUp();
  const both = Promise.all([modules.load('cart', 'mini'), modules.load('cart', 'mini')]);
  attempts[0]!.resolve();
  await both;
  await modules.load('cart', 'mini');
  expect(asked).toEqual(['/assets/cart/mini.js']);
  expect(modules.isLoaded('cart', 'mini')).toBe(true);
});

it('fetches from another address after a failure, and gives up after two more', async () => {
  const { asked, attempts, modules } = setUp();
  for (const index of [0, 1, 2]) {
    expect(modules.canRetry('cart', 'mini')).toBe(true);
    const load = modules.load('cart', 'mini');
    attempts[index]!.reject(new Error('gone'));
    await expect(load).rejects.toThrow('gone');
  }
  expect(modules.canRetry('cart', 'mini')).toBe(false);
  await expect(modules.load('cart', 'mini')).rejects.toMatchObject({ code: 'module-unavailable' });
  expect(asked).toEqual(['/assets/cart/mini.js', '/assets/retry-1/cart/mini.js', '/assets/retry-2/cart/mini.js']);
});

it('tells of the arrival by the late first attempt although a retry is under way', async () => {
  const { asked, attempts, modules } = setUp();
  void modules.load('chat', 'launcher');
  void modules.retry('chat', 'launcher');
  expect(asked).toHaveLength(2);
  attempts[0]!.resolve();
  await modules.arrived('chat', 'launcher');
  expect(modules.isLoaded('chat', 'launcher')).toBe(true);
});

it('fails like any other load when the page has no such module', async () => {
  const modules = createModules({
    resolve: (specifier) => {
      throw new TypeError(`${specifier} is not mapped`);
    },
  });
  await expect(modules.load('cart', 'mini')).rejects.toThrow('not mapped');
});

it('leaves an address outside of the assets as it is', () => {
  expect(retryAddress('http://127.0.0.1:5174/src/main.ts', 1)).toBe('http://127.0.0.1:5174/src/main.ts');
});
