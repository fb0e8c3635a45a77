import type { DeadLetter } from '@souk/event-channel';
import { Type } from 'typebox';
import { requireStaff } from '../session.ts';
import type { SoukApp } from '../souk-app.ts';
import type { DeadLetterLog } from './dead-letter-log.ts';

const Letter = {
  reactor: Type.String(),
  stream: Type.String(),
  subject: Type.String(),
  position: Type.Integer(),
  type: Type.String({ description: 'Of the event' }),
  reason: Type.String(),
  deliveryCount: Type.Integer(),
  parkedAt: Type.String(),
};
const Letters = Type.Object({ deadLetters: Type.Array(Type.Object(Letter)) });
const Shown = Type.Object({ ...Letter, event: Type.Unknown({ description: 'As it stands in the log' }) });
const Done = Type.Object({ position: Type.Integer({ description: 'Of the event that says so' }) });
const One = Type.Object({ reactor: Type.String({ maxLength: 128 }), position: Type.Integer({ minimum: 1 }) });
const note = Type.String({ minLength: 1, maxLength: 500, description: 'Goes into the log: no personal data' });

/** Lets staff see the dead letters of a backend's reactors, replay them and dismiss them; each act is an event. */
export function addDeadLetterRoutes(app: SoukApp, name: string, letters: DeadLetterLog): void {
  const tags = ['staff'];
  const base = `/api/${name}/dead-letters`;
  app.get(
    base,
    { preHandler: requireStaff, schema: { tags, summary: 'The dead letters', response: { 200: Letters } } },
    async (_request, reply) => {
      reply.header('cache-control', 'private, no-store');
      return { deadLetters: (await letters.list()).map(described) };
    },
  );
  app.get(
    `${base}/:reactor/:position`,
    {
      preHandler: requireStaff,
      schema: { tags, summary: 'A dead letter with its event', params: One, response: { 200: Shown } },
    },
    async ({ params }, reply) => {
      reply.header('cache-control', 'private, no-store');
      const letter = await letters.find(params.reactor, params.position);
      return { ...described(letter), event: letter.event };
    },
  );
  const replay = { summary: 'Deliver it again, counting from 1', body: Type.Object({ note: Type.Optional(note) }) };
  const dismiss = { summary: 'Give it up; its subject goes on', body: Type.Object({ note }) };
  for (const [act, schema] of [
    ['replay', replay],
    ['dismiss', dismiss],
  ] as const) {
    app.post(
      `${base}/:reactor/:position/${act}`,
      { preHandler: requireStaff, schema: { tags, ...schema, params: One, response: { 200: Done } } },
      async ({ params, body, session, cause }, reply) => {
        const given = (body as { note?: string }).note;
        const by = session.shopperId;
        const more = given === undefined ? {} : { note: given };
        const position = await letters.act(params.reactor, params.position, { act, by, cause, ...more });
        reply.header('souk-position', position);
        return { position };
      },
    );
  }
}

function described({ durable, stream, subject, position, event, reason, deliveryCount, parkedAt }: DeadLetter) {
  return { reactor: durable, stream, subject, position, type: event.type, reason, deliveryCount, parkedAt };
}
