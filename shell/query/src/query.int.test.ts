import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { given } from '@souk/service-kit/testing';
import { appendLines, asStaff, openQueryFixture, type QueryFixture } from './testing/fixtures.ts';

let fixture: QueryFixture;
beforeAll(async () => {
  fixture = await openQueryFixture({ maxRows: 50, maxBytes: 20_000, deadlineMs: 5_000 });
  await appendLines(fixture.channel, 'a', 60);
  await given(fixture.channel, 'chat.conversation.c1', [
    { type: 'chat.message-posted.v1', data: { text: 'Hello, "you"\n=1+1' } },
  ]);
});
afterAll(() => fixture.close());

describe('an answer', () => {
  it('has its columns with types, its rows, and how long it took and what position it is true at', async () => {
    const { status, lines } = await fixture.ask({
      sql: `SELECT stream, count(*) AS n, avg(position), NULL AS none, x'00ff' AS bytes FROM events GROUP BY stream`,
    });
    expect(status).toBe(200);
    expect(lines).toEqual([
      {
        position: 61,
        columns: [
          { name: 'stream', type: 'text' },
          { name: 'n', type: 'integer' },
          { name: 'avg(position)', type: 'real' },
          { name: 'none', type: 'null' },
          { name: 'bytes', type: 'blob' },
        ],
      },
      ['cart', 60, 30.5, null, 'AP8='],
      ['chat', 1, 61, null, 'AP8='],
      { done: true, rows: 2, durationMs: expect.any(Number) as number, position: 61 },
    ]);
  });

  it('shows every member of an event', async () => {
    const { lines } = await fixture.ask({ sql: 'SELECT * FROM events WHERE position = 1' });
    const names = lines[0].columns.map(({ name }: { name: string }) => name);
    const expected = 'position stream subject type time id source correlationid causationid data';
    expect(names).toEqual(expected.split(' '));
    expect(lines[1][9]).toBe('{"cart":"a","n":1}');
  });

  it('takes parameters in order and by name', async () => {
    const sql = `SELECT data->>'n' FROM events WHERE data->>'n' BETWEEN`;
    expect((await fixture.ask({ sql: `${sql} ? AND ?`, params: [3, 4] })).rows).toEqual([[3], [4]]);
    expect((await fixture.ask({ sql: `${sql} :low AND :high`, params: { low: 3, high: 4 } })).rows).toEqual([[3], [4]]);
    expect((await fixture.ask({ sql: 'SELECT ?, ?, ?', params: [true, null, 'x'] })).rows).toEqual([[1, null, 'x']]);
  });

  it('keeps every digit of a large integer, as text', async () => {
    expect((await fixture.ask({ sql: 'SELECT 9007199254740993, 5' })).rows).toEqual([['9007199254740993', 5]]);
  });

  it('ends at the cap of rows and says so', async () => {
    const { lines, rows } = await fixture.ask({ sql: 'SELECT position FROM events' });
    expect(rows).toHaveLength(50);
    expect(lines.at(-1)).toMatchObject({ done: true, rows: 50, truncated: 'rows' });
    expect((await fixture.ask({ sql: 'SELECT position FROM events LIMIT 50' })).lines.at(-1)).not.toHaveProperty(
      'truncated',
    );
  });

  it('ends at the cap of bytes and says so', async () => {
    const { lines, rows } = await fixture.ask({ sql: `SELECT printf('%.1000c', 'x') FROM events LIMIT 40` });
    expect(rows).toHaveLength(19);
    expect(lines.at(-1)).toMatchObject({ rows: 19, truncated: 'bytes' });
  });

  it('comes as CSV that no spreadsheet takes for formulas', async () => {
    const response = await fixture.server.fetch('/api/events/query', {
      ...asStaff,
      method: 'POST',
      headers: { accept: 'text/csv' },
      json: {
        sql: `SELECT type, data->>'text' AS "the text", '=cmd' AS f, 1.5, NULL FROM events WHERE stream = 'chat'`,
      },
    });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('souk-position')).toBe('61');
    expect(await response.text()).toBe(
      `type,the text,f,1.5,NULL\r\nchat.message-posted.v1,"Hello, ""you""\n=1+1",'=cmd,1.5,\r\n`,
    );
  });

  it('reads the tables of a read model that were opened, and no other', async () => {
    const { rows } = await fixture.ask({ sql: 'SELECT name FROM shelf_cups ORDER BY price' });
    expect(rows).toEqual([['Green cup'], ['Blue cup']]);
    expect(await fixture.ask({ sql: 'SELECT * FROM gone_things' })).toMatchObject({ status: 400 });
  });
});

describe('the past', () => {
  it('is what it was at a position', async () => {
    const { lines, rows } = await fixture.ask({ sql: 'SELECT count(*) FROM events', asOf: 7 });
    expect(rows).toEqual([[7]]);
    expect(lines[0].position).toBe(7);
  });

  it('is what it was at a time', async () => {
    const { rows } = await fixture.ask({ sql: 'SELECT time FROM events WHERE position = 60' });
    const at = String(rows[0]?.[0]);
    const then = await fixture.ask({ sql: 'SELECT max(time), max(position) >= 60 FROM events', asOf: at });
    expect(then.rows).toEqual([[at, 1]]);
    expect((await fixture.ask({ sql: 'SELECT count(*) FROM events', asOf: '2001-01-01' })).rows).toEqual([[0]]);
  });

  it('does not leak into the next query', async () => {
    await fixture.ask({ sql: 'SELECT 1 FROM events', asOf: 3 });
    expect((await fixture.ask({ sql: 'SELECT count(*) FROM events' })).rows).toEqual([[61]]);
  });

  it('does not reach beyond the end of the log', async () => {
    const { status, lines } = await fixture.ask({ sql: 'SELECT count(*) FROM events', asOf: 62 });
    expect(lines[0]).toMatchObject({ status, code: 'invalid-query' });
    expect(lines[0].detail).toBe('"asOf" is beyond the end of the log, which is at position 61');
    expect(status).toBe(400);
  });

  it('of a read model is known only by its backend: without one the answer is that it cannot be told now', async () => {
    const { status, lines } = await fixture.ask({ sql: 'SELECT * FROM shelf_cups', asOf: 3 });
    expect(lines[0]).toMatchObject({ status, code: 'past-unavailable' });
    expect(status).toBe(503);
  });

  it.each(['yesterday', '2026-13-45', '', '1'])('is not asked for by %j', async (asOf) => {
    expect(await fixture.ask({ sql: 'SELECT 1', asOf })).toMatchObject({ status: 400 });
  });
});

describe('a query cannot', () => {
  const forbidden: Record<string, string> = {
    'write an event': `INSERT INTO event (stream, subject, event) VALUES ('a', 'a', '{}')`,
    delete: 'DELETE FROM events',
    update: 'UPDATE event SET stream = 1',
    'make a table': 'CREATE TABLE t (x)',
    'make a temporary table': 'CREATE TEMP TABLE t AS SELECT 1',
    'make a view': 'CREATE TEMP VIEW v AS SELECT 1',
    'drop a view': 'DROP VIEW events',
    'attach a file': `ATTACH '/etc/passwd' AS x`,
    'write a file': `VACUUM INTO '/tmp/copy.db'`,
    detach: 'DETACH shelf',
    'read a setting': 'PRAGMA database_list',
    'read a setting as a table': 'SELECT * FROM pragma_database_list',
    begin: 'BEGIN IMMEDIATE',
    commit: 'COMMIT',
    save: 'SAVEPOINT s',
    'load an extension': `SELECT load_extension('x')`,
    'make random bytes': 'SELECT randomblob(1000000000)',
    'make zeros': 'SELECT zeroblob(1000000000)',
    'read the schema': 'SELECT * FROM sqlite_schema',
    'read the schema of its views': 'SELECT * FROM sqlite_temp_schema',
    'read a table of the channel': 'SELECT * FROM message_id',
    'read the log past its view': 'SELECT * FROM event',
    'read a table that is not open': 'SELECT * FROM shelf.secrets',
    'read one under the name of a view': 'WITH shelf_cups AS (SELECT * FROM shelf.secrets) SELECT * FROM shelf_cups',
    'read the inbox': 'SELECT * FROM shelf.souk_inbox',
    recurse: 'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c LIMIT 5',
    'find out about the engine': 'SELECT sqlite_compileoption_get(1)',
    'read the pages of the file': 'SELECT * FROM sqlite_dbpage',
    'hide a write in an explanation': 'EXPLAIN DELETE FROM event',
  };

  it.each(Object.entries(forbidden))('%s', async (_what, sql) => {
    const { status, lines } = await fixture.ask({ sql });
    expect({ status, lines: lines.length }).toEqual({ status: 400, lines: 1 });
    expect(lines[0].code).toMatch(/^(query-not-allowed|invalid-query)$/);
    expect(JSON.stringify(lines)).not.toContain('sesame');
  });

  it.each(['SELECT 1; SELECT 2', 'SELECT 1;;DELETE FROM event', 'SELECT 1 /* a */ ; -- b\n PRAGMA x', 'SELECT 1; x'])(
    'be two: %j',
    async (sql) => {
      const { status, lines } = await fixture.ask({ sql });
      expect({ status, detail: lines[0].detail }).toEqual({
        status: 400,
        detail: 'one statement at a time: there is more behind the first',
      });
    },
  );

  it('be longer, deeper or wider than is good', async () => {
    for (const sql of [
      `SELECT ${'abs('.repeat(300)}1${')'.repeat(300)}`,
      `SELECT ${'1,'.repeat(300)}1`,
      `SELECT 1 ${'UNION ALL SELECT 1 '.repeat(100)}`,
    ]) {
      expect((await fixture.ask({ sql })).status).toBe(400);
    }
    const long = await fixture.ask({ sql: `SELECT printf('%.*c', 1000000000, 'x')` });
    expect([400, 422]).toContain(long.status);
  });

  it('be asked by anybody but the staff', async () => {
    const init = { method: 'POST', json: { sql: 'SELECT 1' } };
    expect((await fixture.server.fetch('/api/events/query', init)).status).toBe(403);
    expect((await fixture.server.fetch('/api/events/query', { ...init, as: null })).status).toBe(401);
    expect((await fixture.server.fetch('/api/events/tail')).status).toBe(403);
  });
});

it.each([
  ['nothing', {}],
  ['both', { sql: 'SELECT 1', kql: 'events' }],
  ['an empty text', { sql: '' }],
  ['only a comment', { sql: '-- nothing' }],
  ['only space', { sql: '   ' }],
  ['a wrong word', { sql: 'SELEKT 1' }],
  ['a column that is not there', { sql: 'SELECT nothing FROM events' }],
  ['too many parameters', { sql: 'SELECT ?', params: [1, 2] }],
  ['an unknown parameter', { sql: 'SELECT :a', params: { b: 1 } }],
  ['an object for a parameter', { sql: 'SELECT ?', params: [{}] }],
  ['a member that is not expected', { sql: 'SELECT 1', x: 1 }],
  ['a NUL', { sql: 'SELECT 1\0' }],
  ['half a surrogate', { sql: "SELECT '\ud800'; DROP TABLE event" }],
  ['malformed JSON', { sql: `SELECT json_extract('{', '$.a')` }],
  ['the past kept current', { sql: 'SELECT 1 EMIT CHANGES', asOf: 1 }],
])('a request with %s is wrong, and says so', async (_what, body) => {
  const { status, lines } = await fixture.ask(body);
  expect({ status, detail: typeof lines[0].detail }).toEqual({ status: 400, detail: 'string' });
});

it('a trailing semicolon and comments do no harm', async () => {
  expect((await fixture.ask({ sql: '/* a */ SELECT 1; -- done\n /* really */ ;' })).rows).toEqual([[1]]);
});

it('an error in the middle of an answer is its last line', async () => {
  const sql = `SELECT json_extract(iif(position = 120, '{', '{}'), '$') FROM events`;
  const other = await openQueryFixture();
  await appendLines(other.channel, 'a', 130);
  const { status, lines } = await other.ask({ sql });
  await other.close();
  expect(status).toBe(200);
  expect(lines.at(-1)).toMatchObject({ done: false, error: { code: 'invalid-query', detail: 'malformed JSON' } });
});
