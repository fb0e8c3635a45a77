import { cloudEvent, createApp, Invalid, newId, NotFound, requireStaff, toBackend } from '@souk/service-kit';
import type { Backend, BackendOptions } from '@souk/service-kit';
import type { EventChannel, Recorded } from '@souk/event-channel';
import { erasureRequests, personKeepers, subjects } from '@souk/shared-events/integration';
import type { IntegrationData } from '@souk/shared-events/integration';

/** How far the erasure of a person has come. */
export interface Erasure {
  readonly personId: string;
  /** ISO 8601 UTC. */
  readonly requestedAt: string;
  /** Every owner that keeps something about persons. */
  readonly owners: readonly {
    readonly owner: string;
    /** ISO 8601 UTC; absent while it has not said so. */
    readonly erasedAt?: string;
    /** Events from before there were seals, which stay readable in the log. */
    readonly unsealed?: number;
  }[];
  readonly done: boolean;
}

/**
 * The backend `shell`: lets staff have a person erased, and says who has done it. It keeps nothing: the request is an event, the
 * answers of the owners are events, and both are read from the log.
 */
export async function createErasureBackend(options: Omit<BackendOptions, 'dataDir'>): Promise<Backend> {
  const { channel, log, sessionSecret, clock = () => new Date() } = options;
  const app = createApp({ name: 'shell', version: '0.1.0', log, sessionSecret, channel, clock });
  const path = '/api/shell/erasures/:personId';
  const forStaff = (summary: string) => ({ preHandler: requireStaff, schema: { tags: ['staff'], summary } });

  app.post(path, forStaff('Have a person erased'), async (request, reply) => {
    const personId = personIn(request.params);
    const data: IntegrationData['shell.person-erasure-requested.v1'] = { personId, by: request.session.shopperId };
    const event = cloudEvent({
      ...{ type: erasureRequests.type, source: '/shell', data, cause: request.cause, time: clock(), id: newId('e') },
    });
    await channel.append(subjects.person(personId), [event], { expect: 'any' });
    return reply
      .code(202)
      .header('location', `/api/shell/erasures/${personId}`)
      .send(await erasureOf(channel, personId));
  });

  app.get(path, forStaff('How far the erasure of a person has come'), async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const erasure = await erasureOf(channel, personIn(request.params));
    if (erasure === undefined) throw new NotFound();
    return erasure;
  });

  return toBackend(app, { name: 'shell' });
}

/** The last request counts; undefined when there was none. */
async function erasureOf(channel: EventChannel, personId: string): Promise<Erasure | undefined> {
  const requests = await all(channel, subjects.person(personId));
  const request = requests.findLast(({ event }) => event.type === erasureRequests.type)?.event;
  if (request === undefined) return undefined;
  const owners = await Promise.all(
    personKeepers.map(async (owner) => {
      const said = await all(channel, subjects.personOf(owner, personId));
      const answer = said.findLast(({ event }) => event.causationid === request.id)?.event;
      if (answer === undefined) return { owner };
      const { unsealed } = answer.data as IntegrationData['cart.person-erased.v1'];
      return { owner, erasedAt: answer.time, unsealed };
    }),
  );
  return { personId, requestedAt: request.time, owners, done: owners.every(({ erasedAt }) => erasedAt !== undefined) };
}

async function all(channel: EventChannel, subject: string): Promise<Recorded[]> {
  const found: Recorded[] = [];
  for await (const recorded of channel.read(subject)) found.push(recorded);
  return found;
}

/** It becomes one token of a subject. */
function personIn(params: unknown): string {
  const { personId } = params as { personId: string };
  if (/^[A-Za-z0-9_-]{1,64}$/.test(personId)) return personId;
  throw new Invalid('not-a-person', 'the id of a person is made of letters, digits, _ and -');
}
