import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Forbidden, Invalid, NotFound, sendWithEtag, Unauthenticated } from '@souk/service-kit';
import type { Logger } from '@souk/service-kit';
import { liveTogether } from '../as-of.ts';
import { checkManifest } from '../check-manifest.ts';
import { checkDeployment } from '../gate/check-deployment.ts';
import { gateInput } from '../gate/contract-document.ts';
import type { Registry } from '../registry.ts';
import type { DeployTokens } from '../tokens.ts';
import { createAudit } from './audit.ts';
import { commandIn, percentIn } from './command-in.ts';
import { deploymentView, historyOf } from './views.ts';
import type { HistoryOptions } from './views.ts';

/** What the routes stand on. */
export interface RegistryRoutesOptions extends HistoryOptions {
  readonly registry: Registry;
  readonly tokens: DeployTokens;
  /** The staff session that sends a request, as it is named in events; `undefined` for everybody else. */
  readonly staffOf: (request: IncomingMessage) => string | undefined;
  readonly log: Logger;
}

/** Bytes of a build as it is sent, packed. */
const maxUploadBytes = 32 * 1024 * 1024;

/**
 * `/registry/…`: what is deployed, for everybody; deploying, for teams with a token and for staff; tokens, for staff. To be
 * registered as a plugin, for its bodies are its own.
 */
export const registryRoutes = (app: FastifyInstance, options: RegistryRoutesOptions): void => {
  const { registry, tokens, staffOf, channel } = options;
  const audit = createAudit(registry, options.log);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(['application/gzip', 'application/x-gzip'], (_request, payload, done) =>
    done(null, payload),
  );
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: 1024 * 1024 },
    app.getDefaultJsonParser('error', 'ignore'),
  );

  /** Who may change this micro frontend: its team, or staff. Refusals are kept in the log. */
  const deployerOf = async (request: FastifyRequest): Promise<string> => {
    const { name = '', version } = request.params as Params;
    const staff = staffOf(request.raw);
    if (staff !== undefined && request.headers.authorization === undefined) return staff;
    try {
      return (await tokens.verify(bearerOf(request), name)).team;
    } catch (error) {
      await audit(error, { name, version, by: 'unknown' });
      throw error;
    }
  };
  const needStaff = (request: FastifyRequest): string => {
    const staff = staffOf(request.raw);
    if (staff === undefined) throw new Forbidden('staff-only', 'only staff may do this; sign in first');
    return staff;
  };
  const needName = (request: FastifyRequest): string => {
    const { name = '' } = request.params as Params;
    if (!Object.hasOwn(registry.deployments(), name)) throw new NotFound('no-such-mfe', `there is no ${name} here`);
    return name;
  };

  app.get('/registry/frontends', (request, reply) => sendWithEtag(request, reply, registry.frontends()));
  app.get('/registry/contract', (request, reply) => sendWithEtag(request, reply, registry.contract()));
  app.get('/registry/mfe', (request, reply) => {
    const mfes = Object.values(registry.deployments()).map((deployment) => deploymentView(deployment, registry));
    return sendWithEtag(request, reply, { position: registry.position(), mfes });
  });
  app.get('/registry/mfe/:name', (request, reply) => {
    const deployment = registry.deployments()[needName(request)];
    return sendWithEtag(request, reply, deployment && deploymentView(deployment, registry));
  });
  app.get('/registry/history', async (request, reply) => {
    const { mfe, limit } = request.query as { mfe?: string; limit?: string };
    if (staffOf(request.raw) === undefined) await tokens.verify(bearerOf(request), mfe ?? '');
    return sendWithEtag(request, reply, { entries: await historyOf({ channel }, mfe, limit) });
  });

  app.get('/registry/as-of', async (request, reply) => {
    const { at = '' } = request.query as { at?: string };
    if (staffOf(request.raw) === undefined) await tokens.verify(bearerOf(request));
    return sendWithEtag(request, reply, await liveTogether(registry, String(at)));
  });

  app.put('/registry/mfe/:name/:version', { bodyLimit: maxUploadBytes }, async (request, reply) => {
    const { name = '', version = '' } = request.params as Params;
    const { canary } = request.query as { canary?: string };
    const by = await deployerOf(request);
    const percent = percentIn(canary);
    try {
      const upload = request.body as Readable | undefined;
      if (typeof upload?.pipe !== 'function')
        throw new Invalid('no-build', 'send the build as application/gzip (a tar.gz)');
      const { deployment, isNew, manifest } = await registry.receive(upload, { name, version, by, percent });
      const artifact = deployment.versions[manifest.version]?.artifact;
      return await reply.code(isNew ? 201 : 200).send({ name, version, artifact, isNew, deployment });
    } catch (error) {
      await audit(error, { name, version, by });
      throw error;
    }
  });

  app.post('/registry/mfe/:name/check', (request) => {
    const manifest = checkManifest(request.body, 'mfe.json');
    const { canary } = request.query as { canary?: string };
    const percent = percentIn(canary);
    const problems = checkDeployment(gateInput(manifest, registry.contract(), percent < 100));
    return { ok: problems.length === 0, problems };
  });

  for (const act of ['canary', 'promote', 'rollback', 'block'] as const) {
    app.post(`/registry/mfe/:name/${act}`, async (request) => {
      const by = await deployerOf(request);
      const name = needName(request);
      try {
        return await registry.change(name, commandIn(act, request.body, by));
      } catch (error) {
        await audit(error, { name, by });
        throw error;
      }
    });
  }

  app.get('/registry/tokens', async (request, reply) => {
    needStaff(request);
    return reply.header('cache-control', 'no-store').send({ tokens: await tokens.list() });
  });
  app.post('/registry/tokens', async (request, reply) => {
    const by = needStaff(request);
    const {
      team = '',
      mfes = [],
      days = 90,
    } = (request.body ?? {}) as Partial<{ team: string; mfes: string[]; days: number }>;
    const wanted = { team: String(team), mfes: Array.isArray(mfes) ? mfes.map(String) : [], days: Number(days), by };
    const { token, entry } = await tokens.create(wanted);
    return reply
      .code(201)
      .header('cache-control', 'no-store')
      .send({ ...entry, token });
  });
  app.delete('/registry/tokens/:id', async (request, reply) => {
    const by = needStaff(request);
    await tokens.revoke((request.params as { id: string }).id, by);
    return reply.code(204).send();
  });
};

interface Params {
  readonly name?: string;
  readonly version?: string;
}

const bearerOf = ({ headers: { authorization } }: FastifyRequest): string => {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new Unauthenticated('no-token', 'send a deploy token: Authorization: Bearer souk_…');
  return token;
};
