import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { expect, it } from 'vitest';
import { memoryChannel } from '@souk/event-channel/memory';
import { createRegistry } from './registry.ts';
import { writeBuild } from './testing/write-build.ts';

const text = { type: 'string' };
const closed = (required: readonly string[], properties: object) => ({
  ...{ type: 'object', required, properties, additionalProperties: false },
});
// What schema/v1-pre.json of https://github.com/awslabs/frontend-discovery asks of a document, and for every version of a
// micro frontend, where the schema as it is written looks at the first one only.
const discovery = closed(['schema', 'microFrontends'], {
  schema: text,
  microFrontends: {
    type: 'object',
    additionalProperties: {
      ...{ type: 'array', uniqueItems: true },
      items: closed(['url', 'metadata'], {
        ...{ url: text, fallbackUrl: text, extras: { type: 'object' } },
        metadata: closed(['integrity', 'version'], { integrity: text, version: text }),
        deployment: {
          ...{ type: 'object', required: ['traffic', 'default'] },
          properties: { traffic: { type: 'number', minimum: 0, maximum: 100 }, default: { type: 'boolean' } },
        },
      }),
    },
  },
});

it('the discovery document keeps the schema of frontend-discovery, with a canary and without', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'souk-discovery-'));
  const channel = memoryChannel();
  const registry = await createRegistry({ channel, dir: join(dir, 'registry') });
  const validate = new Ajv2019().compile(discovery);
  const check = () =>
    expect(validate(registry.frontends('https://souk.example')), JSON.stringify(validate.errors)).toBe(true);

  check();
  await registry.publish(writeBuild(dir, { version: '1.0.0' }));
  check();
  await registry.publish(writeBuild(dir, { version: '2.0.0', source: 'export const n = 2;' }));
  await registry.change('tiny', { kind: 'canary', version: '1.0.0', percent: 10, by: 'team-tiny' });
  check();
  const shares = registry
    .frontends()
    .microFrontends['@souk/mfe-tiny/pages']?.map(({ deployment }) => deployment.traffic);
  expect(shares).toEqual([90, 10]);

  await channel.close();
  rmSync(dir, { recursive: true, force: true });
});
