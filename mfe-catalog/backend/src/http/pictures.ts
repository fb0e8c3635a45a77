import { NotFound, type SoukApp } from '@souk/service-kit';
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';

const types: Readonly<Record<string, string>> = { avif: 'image/avif', webp: 'image/webp' };

/** A name carries the version of its picture as `?v=`, so what it stands for never changes. */
const forEver = 'public, max-age=31536000, immutable';

/** Serves the drawn pictures of the default goods. Only names found in the folder at start exist. */
export function addPictureRoutes(app: SoukApp, folder: string): void {
  const names = new Set(readdirSync(folder).filter((name) => name.split('.').at(-1)! in types));
  app.get(
    '/api/catalog/pictures/:name',
    {
      config: { public: true },
      schema: { hide: true, params: Type.Object({ name: Type.String({ maxLength: 200 }) }) },
    },
    (request, reply) => {
      const { name } = request.params;
      if (!names.has(name)) throw new NotFound('unknown-picture', 'there is no such picture');
      reply.header('cache-control', forEver).type(types[name.split('.').at(-1)!]!);
      return reply.send(createReadStream(join(folder, name)));
    },
  );
}
