import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newestFile } from './newest-file.ts';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'souk-newest-'))));
afterEach(() => rmSync(root, { recursive: true }));

/** @param seconds when it was written */
function write(replica: string, file: string, seconds: number): string {
  const path = join(root, replica, file);
  mkdirSync(join(root, replica), { recursive: true });
  writeFileSync(path, '');
  utimesSync(path, seconds, seconds);
  return path;
}

it('is that of the replica that goes on, also when only its write-ahead log says so', () => {
  write('cart-1', 'cart.db', 200);
  const second = write('cart-2', 'cart.db', 100);
  write('cart-2', 'cart.db-wal', 300);
  write('catalog-1', 'cart.db', 900);
  expect(newestFile(join(root, 'cart-*', 'cart.db'))).toBe(second);
});

it('is the name itself where that has no star, or nothing fits', () => {
  const name = join(root, 'cart-*', 'cart.db');
  expect(newestFile(name)).toBe(name);
  expect(newestFile('/none/cart.db')).toBe('/none/cart.db');
});
