// A process that asks a query that does not end, tells the id of the query process, and waits to be killed.
import type { ProcessSetup } from '../runner/messages.ts';
import { startQueryProcess } from '../runner/query-process.ts';

const [setup = '', text = ''] = process.argv.slice(2);
const started = startQueryProcess(JSON.parse(setup) as ProcessSetup);
await started.ready;
started.run({ language: 'sql', text, format: 'json' }).catch(() => undefined);
process.send?.(started.pid);
