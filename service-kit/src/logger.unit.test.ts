import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

test('a log line says who speaks and keeps private things out, also inside other things', () => {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const log = createLogger({ name: 'demo', destination });

  const delivery = { name: 'Ada Lovelace', street: 'Main Street' };
  log.info(
    { cookie: 'c00kie', request: { headers: { a: 'h3ader' }, deep: { email: 'a@b.example' } }, delivery },
    'hello',
  );

  const line = lines.join('');
  expect(JSON.parse(line)).toMatchObject({ name: 'demo', msg: 'hello', cookie: '[private]', delivery: '[private]' });
  for (const secret of ['c00kie', 'h3ader', 'a@b.example', 'Ada', 'Main']) expect(line).not.toContain(secret);
});
