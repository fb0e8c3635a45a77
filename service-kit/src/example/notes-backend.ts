import { cloudEvent, createApp, newId, openDatabase, projection, toBackend } from '@souk/service-kit';
import type { Backend, BackendOptions } from '@souk/service-kit';
import { Type } from 'typebox';

const Note = Type.Object({ id: Type.String(), text: Type.String({ minLength: 1, maxLength: 500 }) });
const NewNote = Type.Pick(Note, ['text'], { additionalProperties: false });
const Notes = Type.Object({ notes: Type.Array(Note) });

/** A whole backend: a command appends an event, a projection takes it in, a query answers from the projection. */
export async function createNotesBackend(options: BackendOptions): Promise<Backend> {
  const { channel, dataDir, log, sessionSecret } = options;
  const db = openDatabase({
    file: `${dataDir}/notes.db`,
    migrations: ['CREATE TABLE note (id TEXT PRIMARY KEY, owner TEXT NOT NULL, text TEXT NOT NULL)'],
  });
  const notes = projection({
    name: 'notes',
    channel,
    db,
    log,
    stream: 'notes',
    tables: ['note'],
    apply({ event }, into) {
      const { id, owner, text } = event.data as { id: string; owner: string; text: string };
      into.run('INSERT INTO note (id, owner, text) VALUES (?, ?, ?)', id, owner, text);
    },
  });
  const app = createApp({ name: 'notes', version: '1.0.0', log, sessionSecret, channel, followers: [notes] });

  app.post('/api/notes/notes', { schema: { body: NewNote } }, async (request, reply) => {
    const data = { id: newId('n'), owner: request.session.shopperId, text: request.body.text };
    const event = cloudEvent({ type: 'notes.note-written.v1', source: '/notes', data, cause: request.cause });
    const { position } = await channel.append(`notes.note.${data.id}`, [event], { expect: 'no-stream' });
    await notes.waitFor(position);
    return reply.code(201).header('souk-position', position).send({ id: data.id, position });
  });

  app.get('/api/notes/notes', { schema: { response: { 200: Notes } } }, async (request) => ({
    notes: db.all<{ id: string; text: string }>('SELECT * FROM note WHERE owner = ?', request.session.shopperId),
  }));

  return toBackend(app, { name: 'notes', projections: [notes], opened: [db] });
}
