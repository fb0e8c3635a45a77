import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendGoldenLog } from '../testing/golden-log.ts';
import { openQueryFixture, type QueryFixture } from '../testing/fixtures.ts';
import { goldenPairs } from './golden-pairs.ts';

let fixture: QueryFixture;
beforeAll(async () => {
  fixture = await openQueryFixture({ deadlineMs: 5_000 });
  await appendGoldenLog(fixture.channel);
});
afterAll(() => fixture.close());

/** Looked at once by eye, and kept. */
const golden = JSON.parse(readFileSync(new URL('golden-rows.json', import.meta.url), 'utf8')) as Record<
  string,
  unknown
>;

it('there are at least sixty golden pairs, each once', () => {
  expect(goldenPairs.length).toBeGreaterThanOrEqual(60);
  expect(Object.keys(golden)).toEqual(goldenPairs.map(({ kql }) => kql));
});

describe('KQL means the same as SQL written by hand, and what it meant before', () => {
  it.each(goldenPairs)('$kql', async ({ kql, sql }) => {
    const translated = await fixture.ask({ kql });
    expect(translated).toMatchObject({ status: 200 });
    expect(translated.rows).toEqual(golden[kql]);
    expect(translated.rows).toEqual((await fixture.ask({ sql })).rows);
  });
});

it.each([
  ['events | where x == 1', 'there is no column "x" here; there are: position, stream,', 'x'],
  ['nothing | take 1', 'there is no table "nothing"; there are: events, shelf_cups', 'nothing'],
  ['events | mv-expand data', 'the operator "mv-expand" is not supported', 'mv-expand data'],
  ['events | union events', 'the operator "union" is not supported', 'union events'],
  ['events | parse type with a "." b', 'the operator "parse" is not supported', 'parse type with a "." b'],
  ['let a = 1; events', '"let" is not supported', 'let a = 1'],
  [
    'events | extend a = geo_distance_2points(1, 2, 3, 4)',
    'the function "geo_distance_2points" is not supported',
    'geo_',
  ],
  ['events | extend a = constructor(1)', 'the function "constructor" is not supported', 'constructor'],
  ['events | summarize type', '"type" is no aggregate', 'type'],
  ['events | summarize sum(1, 2)', '"sum" takes 1 arguments', 'sum(1, 2)'],
  ['events | join events on id', 'only join kind=inner and kind=leftouter', 'join'],
  ['events | join kind=fullouter events on id', 'only join kind=inner and kind=leftouter', 'kind=fullouter'],
  ['events | where type hasprefix "a"', '"type hasprefix "a"" is not supported', 'type hasprefix'],
  ['events | extend a = time.hour', '"time" is a datetime, and has no members', 'time'],
  ['events | render piechart with (title="x")', 'is not supported behind render', 'with'],
  ['events | where', 'Missing expression', ''],
  ['events | take -1', 'a whole number is needed here', '-1'],
  ['events | take id', 'there is no column "id" here', 'id'],
  ['range x from 1 to 3 step 1', 'a query begins with a table', 'range'],
  ['print 1', '', ''],
  ['| take 1', '', ''],
  ['events | where type == "a', '', ''],
  ["events | extend a = data['x\"y']", 'a member with quotes', "'x\"y'"],
])('%s is refused, and the place is named', async (kql, message, found) => {
  const { status, lines } = await fixture.ask({ kql });
  expect({ status, code: lines[0].code }).toEqual({ status: 400, code: 'invalid-query' });
  expect(lines[0].detail).toContain(message);
  const { start, length } = lines[0].place;
  expect(kql.slice(start, start + length)).toContain(found.slice(0, length));
});

it.each([
  `events | where type == "'); DROP TABLE event; --"`,
  `events | project ["a\\" FROM secrets --"] = 1`,
  `events | where data["x') FROM event --"] == 1`,
])('nothing breaks out of its quotes: %s', async (kql) => {
  const { status } = await fixture.ask({ kql });
  expect(status).toBe(200);
});

it('KQL is under the same guards: the past, the render hint, read models', async () => {
  expect((await fixture.ask({ kql: 'events | count', asOf: 5 })).rows).toEqual([[5]]);
  expect(await fixture.ask({ kql: 'shelf_cups | count', asOf: 5 })).toMatchObject({
    ...{ status: 503, lines: [{ code: 'past-unavailable' }] },
  });
  const { lines } = await fixture.ask({ kql: 'events | count | render timechart' });
  expect(lines[0]).toMatchObject({ render: 'timechart', columns: [{ name: 'Count', type: 'integer' }] });
});
