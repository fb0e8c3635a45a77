import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openKeyStore } from './key-store.ts';
import type { KeyStore } from './key-store.ts';

let dir: string;
let file: string;
let keys: KeyStore;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'souk-keys-'));
  file = join(dir, 'keys.db');
  keys = openKeyStore({ file });
});
afterEach(() => {
  keys.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Position of a request. */
const at = 7;
const bytesOf = (person: string) =>
  Buffer.from(
    keys.db.get<{ key: Uint8Array }>(`SELECT key FROM person_key JOIN key_slot USING (slot) WHERE person = ?`, person)
      ?.key ?? [],
  );
const onDisk = () => Buffer.concat(readdirSync(dir).map((name) => readFileSync(join(dir, name))));

describe('a seal', () => {
  test('gives any JSON value back, to this store and to the next that opens the file', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(keys.open(keys.seal('s_anna', value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 200 },
    );
    const sealed = keys.seal('s_anna', { name: 'Anna' });
    keys.close();
    keys = openKeyStore({ file });
    expect(keys.open(sealed)).toEqual({ name: 'Anna' });
  });

  test('shows nothing of what is in it, and is another one each time', () => {
    const [one, two] = [keys.seal('s_anna', 'Kasbah 12'), keys.seal('s_anna', 'Kasbah 12')];
    expect(JSON.stringify(one)).not.toContain('Kasbah');
    expect(one.data).not.toBe(two.data);
    expect(one.iv).not.toBe(two.iv);
  });

  test('that somebody changed, or moved to another person, is refused', () => {
    const sealed = keys.seal('s_anna', 'Kasbah 12');
    const other = keys.seal('s_bela', 'Ring 1');
    const flipped = Buffer.from(sealed.data, 'base64url');
    flipped.writeUInt8(flipped.readUInt8(0) ^ 1);
    for (const changed of [
      { ...sealed, person: 's_bela' },
      { ...sealed, person: 's_bela', key: other.key },
      { ...sealed, data: flipped.toString('base64url') },
      { ...sealed, data: other.data },
      { ...sealed, data: '' },
      { ...sealed, iv: '' },
    ])
      expect(() => keys.open(changed)).toThrow(expect.objectContaining({ code: 'seal-broken' }) as Error);
  });

  test('is opened by another process at once, and not after it has shredded the key', () => {
    const other = openKeyStore({ file });
    const sealed = keys.seal('s_anna', 'Kasbah 12');
    expect(other.open(sealed)).toBe('Kasbah 12');
    expect(other.seal('s_anna', 1).key).toBe(sealed.key);
    other.shred('s_anna', at);
    expect(keys.open(sealed)).toBeUndefined();
    other.close();
  });
});

test.skipIf(process.platform === 'win32')('the file can be read by its owner only', () => {
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

describe('shredding', () => {
  test('makes everything of one person unreadable, and nothing of another', () => {
    const [anna, bela] = [keys.seal('s_anna', 1), keys.seal('s_bela', 2)];
    keys.shred('s_anna', at);
    keys.shred('s_nobody', at);
    expect(keys.open(anna)).toBeUndefined();
    expect(keys.open(bela)).toBe(2);
  });

  test('lets the same person begin anew, with what was before still gone', () => {
    const before = keys.seal('s_anna', 'before');
    keys.shred('s_anna', at);
    const after = keys.seal('s_anna', 'after');
    expect(after.key).not.toBe(before.key);
    expect(keys.open(after)).toBe('after');
    expect(keys.open(before)).toBeUndefined();
  });

  test('meets one request once, so that who has come again is not erased by it', () => {
    keys.shred('s_anna', at);
    const after = keys.seal('s_anna', 'after');
    keys.shred('s_anna', at);
    keys.shred('s_anna', at - 1);
    expect(keys.open(after)).toBe('after');
    keys.shred('s_anna', at + 1);
    expect(keys.open(after)).toBeUndefined();
  });

  test('leaves the key in no file, also among thousands of keys, however they lie', () => {
    const people = Array.from({ length: 3000 }, (_, index) => `s_${(index * 7919) % 3000}`);
    keys.db.transaction(() => people.forEach((person) => keys.seal(person, 1)));
    const bytes = new Map(people.map((person) => [person, bytesOf(person)]));
    const shredded = people.filter((_, index) => index % 3 !== 0);
    keys.db.transaction(() => shredded.forEach((person) => keys.shred(person, at)));
    keys.db.transaction(() => people.slice(0, 500).forEach((person) => keys.seal(`${person}_new`, 1)));
    const disk = onDisk();
    const found = (person: string) => disk.includes(bytes.get(person) ?? Buffer.alloc(0));
    expect(shredded.filter(found)).toEqual([]);
    expect(people.filter((_, index) => index % 3 === 0).every(found)).toBe(true);
  });
});

describe('what was recorded in the clear', () => {
  const plain = { plain: { name: 'Anna Amari' } };

  test('is kept sealed, to the same bytes each time', () => {
    const kept = keys.keep(plain, 's_anna');
    expect(JSON.stringify(kept)).not.toContain('Amari');
    expect(keys.keep(plain, 's_anna')).toEqual(kept);
    expect(keys.open(kept)).toEqual(plain.plain);
    expect(keys.keep(kept)).toBe(kept);
  });

  test('is gone when its person is erased, whichever way it comes', () => {
    const kept = keys.keep(plain, 's_anna');
    keys.shred('s_anna', at);
    expect(keys.open(plain, 's_anna')).toBeUndefined();
    expect(keys.open(kept)).toBeUndefined();
    expect(keys.open(keys.keep(plain, 's_anna'))).toBeUndefined();
    expect(JSON.stringify(keys.keep(plain, 's_anna'))).not.toContain('Amari');
  });

  test('and is nobody’s stays as it is', () => {
    const notice = { plain: 'Nobody is at the desk.' };
    expect(keys.keep(notice)).toBe(notice);
    expect(keys.open(notice)).toBe('Nobody is at the desk.');
  });
});
