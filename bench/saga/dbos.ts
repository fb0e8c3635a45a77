/** `node dbos.ts URL`: the same as a workflow of DBOS, whose steps are calls in its own process, noted in Postgres. */
import { DBOS } from '@dbos-inc/dbos-sdk';
import { contend } from './contender.ts';
import { steps, work } from './steps.ts';

DBOS.setConfig({ name: 'trips', systemDatabaseUrl: process.argv[2] ?? '', logLevel: 'error' });
const trip = DBOS.registerWorkflow(
  async (id: string) => {
    let data: Record<string, string> = { id };
    for (const step of steps) data = { ...data, ...(await DBOS.runStep(async () => work(step, id), { name: step })) };
    return data;
  },
  { name: 'trip' },
);
await DBOS.launch();

contend(
  async (id) => (await DBOS.startWorkflow(trip, { workflowID: id })(id)).getResult(),
  () => DBOS.shutdown(),
);
