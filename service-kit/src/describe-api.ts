import type { SwaggerOptions } from '@fastify/swagger';
import { AT_LEAST_HEADER } from './at-least.ts';
import { PROBLEM_MEDIA_TYPE } from './problem-details.ts';
import { SESSION_HEADER } from './session.ts';

const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};

const ANY_PROBLEM = {
  description: 'A problem document',
  content: { [PROBLEM_MEDIA_TYPE]: { schema: PROBLEM_SCHEMA } },
};

/** How the OpenAPI 3.1 document of a backend is made from its routes' schemas. */
export function describeApi({ name, version }: { readonly name: string; readonly version: string }): SwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: { title: `${name} API`, version },
      components: { securitySchemes: { session: { type: 'apiKey', in: 'header', name: SESSION_HEADER } } },
      security: [{ session: [] }],
    },
    convertConstToEnum: false,
    transform: ({ schema, url, route }) => {
      if (schema === undefined || schema.hide === true) return { schema: schema ?? {}, url };
      const response = (schema.response ?? { 200: { description: 'Done' } }) as Record<string, unknown>;
      const described = { ...schema, response: { ...response, default: ANY_PROBLEM } };
      if (![route.method].flat().includes('GET')) return { schema: described, url };
      return { schema: { ...described, headers: withAtLeast(schema.headers) }, url };
    },
  };
}

function withAtLeast(headers: unknown): object {
  const { properties = {}, ...rest } = (headers ?? {}) as { readonly properties?: object };
  return { type: 'object', ...rest, properties: { ...properties, ...AT_LEAST_HEADER } };
}
