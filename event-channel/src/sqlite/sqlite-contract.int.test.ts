import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeChannel } from '../testing/index.ts';
import { sqliteChannel, type SqliteChannelOptions } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'souk-channel-'));
let time = Date.now();
let count = 0;
let options: SqliteChannelOptions;

afterAll(() => rmSync(folder, { recursive: true }));

describeChannel({
  name: 'sqlite',
  async open(limits) {
    options = { ...limits, file: join(folder, `${++count}.db`), now: () => time, onHandlerError: () => {} };
    return sqliteChannel(options);
  },
  reopen: async () => sqliteChannel(options),
  passDuplicateWindow: async () => void (time += 2_001),
});
