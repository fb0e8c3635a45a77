import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { expect, it } from 'vitest';
import { souk } from '../testing/run-souk.ts';
import { tempFolder } from '../testing/temp-folder.ts';

async function shopFolder(events: number): Promise<string> {
  const dataDir = join(tempFolder(), 'data');
  mkdirSync(dataDir);
  const channel = sqliteChannel({ file: join(dataDir, 'events.db') });
  for (let n = 0; n < events; n++) {
    const event = {
      ...{
        specversion: '1.0' as const,
        id: `e${n}`,
        source: '/test',
        type: 'cart.tested.v1',
        time: '2026-01-01T00:00:00Z',
      },
      ...{ datacontenttype: 'application/json' as const, data: { n }, correlationid: `e${n}` },
    };
    await channel.append('cart.cart.a', [event], { expect: 'any' });
  }
  await channel.close();
  return dataDir;
}

it('a backup is made, verified and restored into a folder of its own', { timeout: 60_000 }, async () => {
  const dataDir = await shopFolder(3);
  const folder = join(tempFolder(), 'backup');
  const made = await souk(['backup', folder], { DATA_DIR: dataDir });
  expect(made).toMatchObject({ code: 0, stderr: '' });
  expect(made.stdout).toContain('log: 3 events; last positions: cart 3');
  expect(await souk(['backup', 'verify', folder])).toMatchObject({ code: 0, stderr: '' });

  const refused = await souk(['restore', folder], { DATA_DIR: dataDir });
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/^".*" is not empty: stop the shop and move its folder away, or set DATA_DIR\n$/);

  rmSync(dataDir, { recursive: true });
  const restored = await souk(['restore', folder, '--json'], { DATA_DIR: dataDir });
  expect(JSON.parse(restored.stdout)).toMatchObject({ dataDir, log: { events: 3, streams: { cart: 3 } } });
  expect(existsSync(join(dataDir, 'events.db'))).toBe(true);
});

it('a damaged log is told in one line, with its file, the position and what to do', { timeout: 60_000 }, async () => {
  const dataDir = await shopFolder(30);
  expect(await souk(['verify'], { DATA_DIR: dataDir })).toEqual({
    ...{ code: 0, stderr: '', stdout: 'the log is whole: 30 events; last positions: cart 30\n' },
  });
  const file = join(dataDir, 'events.db');
  const bytes = readFileSync(file);
  const at = bytes.lastIndexOf('{"n":7}') + 5;
  bytes[at] = bytes[at]! ^ 1;
  writeFileSync(file, bytes);
  expect(await souk(['verify', dataDir])).toEqual({
    ...{ code: 1, stdout: '' },
    stderr:
      `the log "${file}" is damaged at position 8: the checksum of the event is wrong; ` +
      'restore a backup: npm run souk -- restore FOLDER\n',
  });
});

it(
  'with the log on a nats-server it copies what stands beside it, and says that the log is not in it',
  { timeout: 60_000 },
  async () => {
    const dataDir = await shopFolder(3);
    writeFileSync(join(dataDir, 'secrets.json'), '{}');
    rmSync(join(dataDir, 'events.db'));
    const folder = join(tempFolder(), 'backup');
    const made = await souk(['backup', folder], { DATA_DIR: dataDir, CHANNEL: 'nats://localhost:4222' });
    expect({ code: made.code, says: made.stdout.includes('nats stream backup') }).toEqual({ code: 0, says: true });
    expect(existsSync(join(folder, 'secrets.json'))).toBe(true);
    expect((await souk(['backup', 'verify', folder])).code).toBe(0);
    const restored = join(tempFolder(), 'restored');
    expect(await souk(['restore', folder], { DATA_DIR: restored })).toMatchObject({ code: 0 });
    expect(readFileSync(join(restored, 'secrets.json'), 'utf8')).toBe('{}');
    expect(existsSync(join(restored, 'events.db'))).toBe(false);
  },
);

it('where there is no log, the one line says where it may be', { timeout: 60_000 }, async () => {
  const { code, stderr } = await souk(['backup', join(tempFolder(), 'backup')], { DATA_DIR: tempFolder() });
  expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 1, lines: 1 });
  expect(stderr).toContain('CHANNEL=nats');
});
