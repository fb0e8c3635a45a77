// oxlint-disable max-lines -- one table
/** A query in both languages. Written by hand, one from the other. */
export interface GoldenPair {
  readonly kql: string;
  readonly sql: string;
}

const json = (path: string) => `json_extract(data, '$.${path}')`;

/** What each operator, and each kind of expression, means in SQL. */
export const goldenPairs: readonly GoldenPair[] = [
  // Tables and take
  { kql: 'events | project id', sql: 'SELECT id FROM events' },
  {
    kql: 'events | take 2 | project position, type',
    sql: 'SELECT position, type FROM events ORDER BY position LIMIT 2',
  },
  { kql: 'events | limit 1', sql: 'SELECT * FROM events ORDER BY position LIMIT 1' },
  { kql: 'shelf_cups | order by price', sql: 'SELECT * FROM shelf_cups ORDER BY price DESC' },
  { kql: '(events | where position < 3) | count', sql: 'SELECT count(*) FROM events WHERE position < 3' },

  // where
  {
    kql: 'events | where type == "cart.order-placed.v1" | project id',
    sql: `SELECT id FROM events WHERE type = 'cart.order-placed.v1'`,
  },
  { kql: "events | where stream != 'cart' | project id", sql: `SELECT id FROM events WHERE stream <> 'cart'` },
  {
    kql: 'events | where position >= 3 and position < 5 | project id',
    sql: 'SELECT id FROM events WHERE position IN (3, 4)',
  },
  {
    kql: 'events | where position <= 1 or position > 11 | project id',
    sql: 'SELECT id FROM events WHERE position IN (1, 12)',
  },
  { kql: 'events | where not(position > 1) | project id', sql: 'SELECT id FROM events WHERE position = 1' },
  {
    kql: "events | where stream in ('chat', 'catalog') | project id",
    sql: `SELECT id FROM events WHERE stream IN ('chat', 'catalog')`,
  },
  {
    kql: "events | where stream !in ('chat', 'catalog') | project id",
    sql: `SELECT id FROM events WHERE stream = 'cart'`,
  },
  { kql: "events | where stream in ('CHAT') | project id", sql: 'SELECT id FROM events WHERE 0' },
  { kql: "events | where stream in~ ('CHAT') | project id", sql: `SELECT id FROM events WHERE stream = 'chat'` },
  {
    kql: "events | where stream !in~ ('CHAT', 'CART') | project id",
    sql: `SELECT id FROM events WHERE stream = 'catalog'`,
  },
  {
    kql: 'events | where position between (2 .. 4) | project id',
    sql: 'SELECT id FROM events WHERE position BETWEEN 2 AND 4',
  },
  {
    kql: 'events | where position !between (2 .. 11) | project id',
    sql: 'SELECT id FROM events WHERE position NOT BETWEEN 2 AND 11',
  },
  { kql: "events | where stream =~ 'CHAT' | project id", sql: `SELECT id FROM events WHERE stream = 'chat'` },
  { kql: "events | where stream !~ 'CHAT' | count", sql: `SELECT count(*) FROM events WHERE stream <> 'chat'` },
  { kql: "events | where type contains 'ORDER' | project id", sql: `SELECT id FROM events WHERE type LIKE '%order%'` },
  { kql: "events | where type contains_cs 'ORDER' | count", sql: 'SELECT 0' },
  {
    kql: "events | where type !contains 'order' | count",
    sql: `SELECT count(*) FROM events WHERE type NOT LIKE '%order%'`,
  },
  {
    kql: "events | where subject startswith 'CART.' | count",
    sql: `SELECT count(*) FROM events WHERE subject GLOB 'cart.*'`,
  },
  {
    kql: "events | where subject !startswith_cs 'cart.' | count",
    sql: `SELECT count(*) FROM events WHERE subject NOT GLOB 'cart.*'`,
  },
  {
    kql: "events | where type endswith 'placed.v1' | project id",
    sql: `SELECT id FROM events WHERE type GLOB '*placed.v1'`,
  },
  { kql: "events | where data.text has 'green' | project id", sql: `SELECT id FROM events WHERE id = 'e9'` },
  {
    kql: "events | where data.title !has 'cup' and stream == 'catalog' | project id",
    sql: `SELECT id FROM events WHERE id IN ('e2', 'e3')`,
  },
  {
    kql: "events | where data.text has_any ('evergreen', 'blue') | project id",
    sql: `SELECT id FROM events WHERE id = 'e10'`,
  },
  {
    kql: "events | where data.title has_all ('tea', 'glaze') | project id",
    sql: `SELECT id FROM events WHERE id = 'e2'`,
  },
  {
    kql: "events | where subject matches regex '^cart\\\\.order\\\\.o[2-9]$' | project id",
    sql: `SELECT id FROM events WHERE subject = 'cart.order.o2'`,
  },
  { kql: "events | where position == 1 | where type == 'x' | count", sql: 'SELECT 0' },
  { kql: "events | where data.text == 'it''s' | count", sql: 'SELECT 0' },

  // Time
  {
    kql: 'events | where time >= datetime(2026-03-01 10:00) | project id',
    sql: `SELECT id FROM events WHERE time >= '2026-03-01T10:00:00.000Z'`,
  },
  {
    kql: 'events | where time between (datetime(2026-03-01T09:00:00Z) .. 10m) | project id',
    sql: `SELECT id FROM events WHERE time BETWEEN '2026-03-01T09:00:00.000Z' AND '2026-03-01T09:10:00.000Z'`,
  },
  { kql: 'events | where time > ago(1h) | count', sql: 'SELECT 0' },
  { kql: 'events | where time < now() - 1d | count', sql: 'SELECT 12' },
  {
    kql: 'events | take 1 | project later = time + 90s, span = (time + 2h) - time',
    sql: `SELECT '2026-03-01T08:01:30.000Z', 7200000`,
  },
  {
    kql: 'events | where position == 5 | project d = startofday(time), h = hourofday(time), y = getyear(time), m = monthofyear(time)',
    sql: `SELECT '2026-03-01T00:00:00.000Z', 8, 2026, 3`,
  },
  { kql: 'events | where position == 6 | project bin(time, 15m)', sql: `SELECT '2026-03-01T09:00:00.000Z'` },
  {
    kql: "events | where position == 6 | project n = datetime_diff('minute', time, datetime(2026-03-01T08:00Z))",
    sql: 'SELECT 61',
  },

  // extend and project
  {
    kql: 'events | extend n = position * 10 | where n > 100 | project n',
    sql: 'SELECT position * 10 FROM events WHERE position > 10',
  },
  { kql: "events | extend type = strcat(stream, '/', id) | take 1 | project type", sql: `SELECT 'catalog/e1'` },
  { kql: 'events | take 1 | extend twice = position * 2, again = position | project again, twice', sql: 'SELECT 1, 2' },
  {
    kql: 'events | take 1 | project-away data, time, correlationid, causationid, source',
    sql: 'SELECT position, stream, subject, type, id FROM events LIMIT 1',
  },
  {
    kql: "events | where position == 4 | project data.sku, q = tolong(data.quantity) + 1, data['cartId']",
    sql: `SELECT 'CUP', 3, 'a'`,
  },
  {
    kql: "events | where position == 7 | project data['ship to'], data.lines[0].sku, data.lines[-1].n, array_length(data.lines)",
    sql: `SELECT 'Köln', 'CUP', 3, 1`,
  },
  {
    kql: "events | project kind = iff(stream == 'cart', 'sale', 'other') | distinct kind | order by kind asc",
    sql: `SELECT DISTINCT iif(stream = 'cart', 'sale', 'other') FROM events ORDER BY 1`,
  },
  {
    kql: "events | take 3 | project c = case(position == 1, 'one', position == 2, 'two', 'many')",
    sql: `SELECT column1 FROM (VALUES ('one'), ('two'), ('many'))`,
  },
  {
    kql: 'events | where isnotempty(causationid) and isnull(data.text) | project id',
    sql: `SELECT id FROM events WHERE id IN ('e6', 'e7', 'e8', 'e12')`,
  },
  {
    kql: "events | take 1 | project toupper(stream), strlen(id), substring(type, 8, 7), replace_string(id, 'e', 'x'), indexof(type, 'product')",
    sql: `SELECT 'CATALOG', 2, 'product', 'x1', 8`,
  },
  {
    kql: "events | take 1 | project 7 / 2, 7 % 4, 7.0 / 2, -(3), round(2.567, 1), abs(-4), tolong('12'), isnull(tolong('x')), todouble('1.5')",
    sql: `SELECT 3, 3, 3.5, -3, 2.6, 4, 12, 1, 1.5`,
  },
  { kql: 'events | where data.paid == false | project id', sql: `SELECT id FROM events WHERE ${json('paid')} = 0` },
  {
    kql: `events | take 1 | project x = dynamic({"a": [1, 2]}).a[1], parse_json('{"b": "c"}').b`,
    sql: `SELECT 2, 'c'`,
  },

  // summarize
  {
    kql: 'events | summarize count() by type | order by type asc',
    sql: 'SELECT type, count(*) FROM events GROUP BY type ORDER BY type',
  },
  {
    kql: 'events | summarize n = count(), first = min(position), last = max(position) by stream | order by n desc, stream asc',
    sql: 'SELECT stream, count(*) AS n, min(position), max(position) FROM events GROUP BY stream ORDER BY n DESC, stream',
  },
  {
    kql: 'events | summarize n = count() by bin(time, 1h) | order by time asc',
    sql: `SELECT substr(time, 1, 13) || ':00:00.000Z' AS hour, count(*) FROM events GROUP BY hour ORDER BY hour`,
  },
  {
    kql: 'events | summarize count() by b = bin(position, 5) | order by b asc',
    sql: 'SELECT position / 5 * 5 AS b, count(*) FROM events GROUP BY b ORDER BY b',
  },
  {
    kql: 'events | summarize sum(data.totalCents), avg(tolong(data.totalCents)), dcount(data.sku)',
    sql: `SELECT sum(${json('totalCents')}), avg(${json('totalCents')}), count(DISTINCT ${json('sku')}) FROM events`,
  },
  {
    kql: "events | summarize carts = countif(stream == 'cart'), cents = sumif(tolong(data.totalCents), data.orderId == 'o1')",
    sql: `SELECT count(*) FILTER (WHERE stream = 'cart'), 1350 FROM events`,
  },
  {
    kql: 'events | summarize share = round(100.0 * countif(stream == "cart") / count(), 1)',
    sql: `SELECT round(100.0 * sum(stream = 'cart') / count(*), 1) FROM events`,
  },
  {
    kql: "events | where stream == 'chat' | summarize make_list(id), make_set(type)",
    sql: `SELECT '["e9","e10"]', '["chat.message-posted.v1"]'`,
  },
  { kql: 'events | summarize percentile(position, 50)', sql: 'SELECT percentile(position, 50) FROM events' },
  {
    kql: 'events | summarize by stream | order by stream asc',
    sql: 'SELECT DISTINCT stream FROM events ORDER BY stream',
  },
  {
    kql: 'events | summarize arg_max(position, id, type) by stream | order by stream asc',
    sql: 'SELECT stream, position, id, type FROM events WHERE position IN (3, 10, 12) ORDER BY stream',
  },
  { kql: "events | where type == 'nothing' | summarize count(), sum(position)", sql: 'SELECT 0, 0' },

  // order, top, distinct, count
  {
    kql: 'events | order by position | take 3 | project id',
    sql: 'SELECT id FROM events ORDER BY position DESC LIMIT 3',
  },
  {
    kql: 'events | sort by stream asc, position desc | project stream, position',
    sql: 'SELECT stream, position FROM events ORDER BY stream, position DESC',
  },
  {
    kql: 'events | order by causationid asc nulls last, position asc | project id',
    sql: 'SELECT id FROM events ORDER BY causationid IS NULL, causationid, position',
  },
  {
    kql: 'events | order by position desc | where position < 6 | extend n = -position | project-away position | project n',
    sql: 'SELECT -position FROM events WHERE position < 6 ORDER BY position DESC',
  },
  { kql: 'events | top 2 by position asc | project id', sql: 'SELECT id FROM events ORDER BY position LIMIT 2' },
  {
    kql: 'events | top 3 by tolong(data.totalCents) desc nulls last | project id',
    sql: `SELECT id FROM events ORDER BY ${json('totalCents')} DESC LIMIT 3`,
  },
  { kql: 'events | distinct stream | order by stream', sql: 'SELECT DISTINCT stream FROM events ORDER BY stream DESC' },
  { kql: 'events | project stream, source | distinct * | count', sql: 'SELECT 3' },
  { kql: 'events | count', sql: 'SELECT count(*) FROM events' },

  // join
  {
    kql: "events | where type endswith 'placed.v1' | project order = tostring(data.orderId), placed = time | join kind=inner (events | where type endswith 'confirmed.v1' | project order = tostring(data.orderId), confirmed = time) on order | project order, took = confirmed - placed",
    sql: `SELECT 'o1', 60000`,
  },
  {
    kql: 'events | join kind=inner (events | project effect = id, causationid) on $left.id == $right.causationid | project id, effect, causationid1 | order by effect asc',
    sql: 'SELECT c.id, e.id, e.causationid FROM events c JOIN events e ON e.causationid = c.id ORDER BY e.id',
  },
  {
    kql: 'events | where position < 3 | project title = tostring(data.title) | join kind=leftouter shelf_cups on $left.title == $right.name | project title, price',
    sql: `SELECT column1, column2 FROM (VALUES ('Green cup', 450), ('Tea pot, green glaze', NULL))`,
  },
  {
    kql: 'events | where position == 1 | project name = tostring(data.title) | join kind=inner shelf_cups on name',
    sql: `SELECT 'Green cup', 'Green cup', 450`,
  },

  // render
  {
    kql: 'events | summarize n = count() by stream | order by stream asc | render barchart',
    sql: 'SELECT stream, count(*) FROM events GROUP BY 1 ORDER BY 1',
  },
  {
    kql: 'events | summarize n = count() by bin(time, 1d) | render timechart',
    sql: `SELECT '2026-03-01T00:00:00.000Z', 12`,
  },
];
