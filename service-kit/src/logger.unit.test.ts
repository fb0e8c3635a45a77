import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

function recorded() {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { log: createLogger({ name: 'demo', destination }), lines };
}

test('a log line says who speaks and keeps private things out, also inside other things', () => {
  const { log, lines } = recorded();

  const delivery = { name: 'Ada Lovelace', street: 'Main Street' };
  log.info(
    { cookie: 'c00kie', request: { headers: { a: 'h3ader' }, deep: { email: 'a@b.example' } }, delivery },
    'hello',
  );

  const line = lines.join('');
  expect(JSON.parse(line)).toMatchObject({ name: 'demo', msg: 'hello', cookie: '[private]', delivery: '[private]' });
  for (const secret of ['c00kie', 'h3ader', 'a@b.example', 'Ada', 'Main']) expect(line).not.toContain(secret);
});

test('an error is logged with its cause and stack, and without what private things it carries', () => {
  const { log, lines } = recorded();
  const error = Object.assign(new Error('boom', { cause: new Error('inner') }), {
    token: 's3cret',
    request: { headers: { a: 'h3ader' }, path: '/seats' },
  });

  log.error({ err: error }, 'failed');
  log.error(error);
  log.error({ error, list: [{ email: 'a@b.example' }] }, 'failed');

  expect(JSON.parse(lines[0]!).err).toMatchObject({ type: 'Error', token: '[private]', request: { path: '/seats' } });
  expect(JSON.parse(lines[1]!).err.stack).toMatch(/boom[^]*inner/);
  for (const secret of ['s3cret', 'h3ader', 'a@b.example']) expect(lines.join('')).not.toContain(secret);
});

test('what a child logger carries is kept private too, and what was logged is left as it was', () => {
  const { log, lines } = recorded();
  const about = { token: 's3cret', part: 'till' };

  log.child(about).child({ cookie: 'c00kie' }).info({ about }, 'hello');

  expect(JSON.parse(lines[0]!)).toMatchObject({ name: 'demo', part: 'till', token: '[private]', cookie: '[private]' });
  expect(lines[0]).not.toMatch(/s3cret|c00kie/);
  expect(about.token).toBe('s3cret');
});
