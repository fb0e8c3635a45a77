/**
 * `node restate.ts INGRESS ADMIN run|call`: the same as a handler of Restate. A step is a block of it whose result is noted
 * by the server (`run`), or a call to another service, as it is in a saga (`call`).
 */
import { Agent, request } from 'node:http';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createEndpointHandler, service } from '@restatedev/restate-sdk';
import type { Context } from '@restatedev/restate-sdk';
import { contend } from './contender.ts';
import { steps, work } from './steps.ts';

const [ingress = '', admin = '', how = 'run'] = process.argv.slice(2);
const participants = steps.map((name) =>
  service({ name: `${name}_${how}`, handlers: { ask: async (_: Context, id: string) => work(name, id) } }),
);
const trip = service({
  name: `trip_${how}`,
  handlers: {
    async go(context: Context, id: string) {
      let data: Record<string, string> = { id };
      for (const [index, step] of steps.entries()) {
        const reply =
          how === 'run'
            ? await context.run(step, () => work(step, id))
            : await context.serviceClient(participants[index]!).ask(id);
        data = { ...data, ...reply };
      }
      return data;
    },
  },
});

const logger = () => undefined;
const server = createServer(createEndpointHandler({ services: [trip, ...participants], logger }));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const registered = await fetch(`${admin}/deployments`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ uri: `http://127.0.0.1:${port}`, force: true }),
});
if (!registered.ok) throw new Error(`the server does not take the services: ${await registered.text()}`);

// Not fetch: it costs more than the server's own answer takes.
const agent = new Agent({ keepAlive: true });
contend(
  (id) =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': id };
      const asked = request(`${ingress}/trip_${how}/go`, { method: 'POST', agent, headers }, (answer) => {
        answer.resume();
        answer.on('end', () =>
          answer.statusCode === 200 ? resolve(undefined) : reject(new Error(`Restate answers ${answer.statusCode}`)),
        );
      });
      asked.on('error', reject);
      asked.end(JSON.stringify(id));
    }),
  async () => {
    agent.destroy();
    server.close();
  },
);
