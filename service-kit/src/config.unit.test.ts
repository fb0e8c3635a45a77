import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig, setting } from './config.ts';

const spec = {
  PORT: setting.port({ default: 3000 }),
  HOST: setting.text({ default: 'localhost' }),
  CHANNEL: setting.oneOf(['sqlite', 'memory'], { default: 'sqlite' }),
  WORKERS: setting.integer({ min: 1, max: 8, default: 1 }),
  STAFF_PASSWORD: setting.secret({ minChars: 8, default: null }),
};

const linesOf = (env: Record<string, string>): readonly string[] => {
  try {
    loadConfig(spec, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
};

describe('loadConfig', () => {
  test('takes the defaults for what is not set or empty', () => {
    const config = loadConfig(spec, { PORT: '', HOST: '  ' });
    expect(config).toEqual({ PORT: 3000, HOST: 'localhost', CHANNEL: 'sqlite', WORKERS: 1, STAFF_PASSWORD: null });
  });

  test('reads each value as what it is', () => {
    const port: number = loadConfig(spec, { PORT: '8080' }).PORT;
    const channel: 'sqlite' | 'memory' = loadConfig(spec, { CHANNEL: 'memory' }).CHANNEL;
    expect([port, channel]).toEqual([8080, 'memory']);
  });

  test.each(['abc', '0', '65536', '-1', '80.5', '0x50', '1e3'])(
    'refuses the port %s with what would be right',
    (PORT) => {
      expect(linesOf({ PORT })).toEqual([`PORT: "${PORT}" is not a port; use a number from 1 to 65535`]);
    },
  );

  test('tells all that is wrong at once, one line each', () => {
    expect(linesOf({ PORT: 'x', CHANNEL: 'post', WORKERS: '9' })).toEqual([
      'PORT: "x" is not a port; use a number from 1 to 65535',
      'CHANNEL: "post" is not known; use "sqlite" or "memory"',
      'WORKERS: "9" is not right; use a whole number from 1 to 8',
    ]);
  });

  test('never shows a secret', () => {
    expect(linesOf({ STAFF_PASSWORD: 'hunter2' })).toEqual(['STAFF_PASSWORD: is too short; use 8 characters or more']);
  });

  test('asks for what has no default', () => {
    expect(() => loadConfig({ DATA_DIR: setting.text({ right: 'a folder' }) }, {})).toThrow(
      'DATA_DIR: is not set; use a folder',
    );
    expect(() => loadConfig({ SITE: setting.url() }, { SITE: 'ftp://x' })).toThrow('is not an address');
  });
});
