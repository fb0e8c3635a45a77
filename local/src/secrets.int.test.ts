import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { keepSecrets } from './secrets.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'souk-secrets-'));
});

it('makes up secrets once and keeps them where only their owner can read', () => {
  const first = keepSecrets(dir);
  const second = keepSecrets(dir);
  expect(first.made).toBe(true);
  expect(second).toEqual({ ...first, made: false });
  expect(first.sessionSecret.length).toBeGreaterThanOrEqual(32);
  expect(Buffer.from(first.vapid.publicKey, 'base64url')).toHaveLength(65);
  expect(Buffer.from(first.vapid.privateKey, 'base64url')).toHaveLength(32);
  expect(first.staffPassword).toMatch(/^[0-9a-f]{5}(-[0-9a-f]{5}){3}$/);
  if (process.platform !== 'win32') expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600);
});

it('gives a folder from before there were messages to closed browsers its keys, and changes nothing else', () => {
  const { sessionSecret, staffPassword } = keepSecrets(dir);
  writeFileSync(join(dir, 'secrets.json'), JSON.stringify({ sessionSecret, staffPassword }));
  const now = keepSecrets(dir);
  expect(now).toMatchObject({ sessionSecret, staffPassword, made: false });
  expect(keepSecrets(dir).vapid).toEqual(now.vapid);
});

it('uses a password that is given, without keeping it', () => {
  const given = keepSecrets(dir, 'open sesame');
  expect(given).toMatchObject({ staffPassword: 'open sesame', made: false });
  expect(readFileSync(join(dir, 'secrets.json'), 'utf8')).not.toContain('open sesame');
  expect(keepSecrets(dir)).toMatchObject({ made: true, sessionSecret: given.sessionSecret });
});

it.each(['', '{', '{}', '{"sessionSecret":"short"}', 'null'])('does not start on secrets like %j', (text) => {
  writeFileSync(join(dir, 'secrets.json'), text);
  expect(() => keepSecrets(dir)).toThrow(expect.objectContaining({ code: 'secrets-unreadable' }));
  expect(readFileSync(join(dir, 'secrets.json'), 'utf8')).toBe(text);
});
