import type { Question } from '../http/query.ts';

/** A question to begin with. */
export interface Example extends Question {
  readonly title: string;
}

/** One for each thing that the language can do. */
export const examples: readonly Example[] = [
  {
    title: 'How many events of each type',
    language: 'sql',
    text: `SELECT type, count(*) AS events, max(time) AS latest
FROM events
GROUP BY type
ORDER BY events DESC`,
  },
  {
    title: 'The last 50 events',
    language: 'sql',
    text: `SELECT position, time, type, subject, correlationid
FROM events
ORDER BY position DESC
LIMIT 50`,
  },
  {
    title: 'Conversations that took longest',
    language: 'sql',
    text: `SELECT correlationid, count(*) AS events,
  round((julianday(max(time)) - julianday(min(time))) * 86400, 3) AS seconds
FROM events
GROUP BY correlationid
HAVING events > 1
ORDER BY seconds DESC
LIMIT 20`,
  },
  {
    title: 'A read model as it is now: stock',
    language: 'sql',
    text: `SELECT *
FROM catalog_stock
LIMIT 50`,
  },
  {
    title: 'Live: events of each stream',
    language: 'sql',
    text: `SELECT stream, count(*) AS events, max(time) AS latest
FROM events
GROUP BY stream
ORDER BY stream
EMIT CHANGES`,
  },
  {
    title: 'Types as bars',
    language: 'kql',
    text: `events
| summarize events = count() by type
| top 15 by events
| render barchart`,
  },
  {
    title: 'Events per minute',
    language: 'kql',
    text: `events
| summarize events = count() by bin(time, 1m)
| order by time asc
| render timechart`,
  },
  {
    title: 'Events per minute and stream',
    language: 'kql',
    text: `events
| summarize events = count() by bin(time, 1m), stream
| order by time asc
| render timechart`,
  },
  {
    title: 'What went wrong',
    language: 'kql',
    text: `events
| where type has 'declined' or type has 'rejected' or type has 'failed'
| project position, time, type, subject, correlationid
| top 50 by position`,
  },
];
