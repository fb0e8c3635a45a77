import type { ContractEntry } from '../src/browser/contract.ts';
import type { Ask } from '../src/integration/index.ts';
import type { JsonSchema } from '../src/json-schema.ts';

type Tree = Record<string, unknown>;

/** The whole contract as an AsyncAPI 3 document: the page as one server, the event channel as the other. */
export function asyncApiDocument(
  contract: readonly ContractEntry[],
  subjectTypes: Readonly<Record<string, readonly string[]>>,
  integrationSchemas: Readonly<Record<string, JsonSchema>>,
  askSchemas: Readonly<Record<string, Ask>>,
): Tree {
  const parts = [
    ...contract.map((entry) => (entry.replySchema ? requestParts(entry, entry.replySchema) : noticeParts(entry))),
    ...Object.entries(subjectTypes).map(([subject, types]) => subjectParts(subject, types, integrationSchemas)),
    ...Object.entries(askSchemas).map(([subject, ask]) => askParts(subject, ask)),
  ];
  return {
    asyncapi: '3.1.0',
    info: {
      title: 'Souk events',
      version: '1.0.0',
      description: 'CustomEvents between micro frontends on the page, and CloudEvents between their backends.',
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    defaultContentType: 'application/json',
    servers: {
      page: { host: 'window', protocol: 'dom', description: 'The page: CustomEvents that bubble to the window.' },
      channel: { host: 'event-channel', protocol: 'souk', description: 'The event channel: retained streams.' },
    },
    channels: Object.assign({}, ...parts.map(({ channels }) => channels)),
    operations: Object.assign({}, ...parts.map(({ operations }) => operations)),
    components: { schemas: { CloudEvent: cloudEventSchema } },
  };
}

interface Parts {
  readonly channels: Tree;
  readonly operations: Tree;
}

function noticeParts({ event, schema }: ContractEntry): Parts {
  const id = idOf(event.type);
  return {
    channels: { [id]: channel('page', event.type, { [event.name]: message(event.name, event.kind, schema) }) },
    operations: {
      [`emit-${id}`]: operation('send', id, `${event.owner} emits this ${event.kind}.`),
      [`listen-${id}`]: operation('receive', id, `Anybody may listen to this ${event.kind}.`),
    },
  };
}

function requestParts({ event, schema }: ContractEntry, replySchema: JsonSchema): Parts {
  const id = idOf(event.type);
  const replyId = `${id}-reply`;
  const payload = { type: 'object', required: ['requestId', 'payload'], properties: { requestId, payload: schema } };
  const replyName = `${event.name}Reply`;
  const reply = { channel: refTo(replyId) };
  return {
    channels: {
      [id]: channel('page', event.type, { [event.name]: message(event.name, 'request', payload) }),
      [replyId]: channel('page', `${event.type}:reply`, {
        [replyName]: message(replyName, 'reply', outcomeOf(replySchema)),
      }),
    },
    operations: {
      [`ask-${id}`]: { ...operation('send', id, 'Anybody may ask.'), reply },
      [`answer-${id}`]: { ...operation('receive', id, `${event.owner} answers.`), reply },
    },
  };
}

function subjectParts(subject: string, types: readonly string[], schemas: Readonly<Record<string, JsonSchema>>): Parts {
  const names = [...subject.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  const id = subject.replaceAll('.', '-').replace(/[{}]/g, '');
  const parameters = Object.fromEntries(
    names.map((name) => [name, { description: `As one token of a subject: ${name}` }]),
  );
  const messages = types.map((type) => [type, message(type, 'event', envelopeOf(type, schemas[type]))]);
  return {
    channels: {
      [id]: { ...channel('channel', subject, Object.fromEntries(messages)), ...(names.length > 0 && { parameters }) },
    },
    operations: {
      [`append-${id}`]: operation('send', id, 'The owner of the stream appends.'),
      [`consume-${id}`]: operation('receive', id, 'Any backend may consume.'),
    },
  };
}

/** A question over `request` and `respond`. The reply goes to an address that is made for it, so its channel has none. */
function askParts(subject: string, { description, owner, request, reply: replySchema }: Ask): Parts {
  const id = subject.replaceAll('.', '-');
  const replyId = `${id}-reply`;
  const reply = { channel: refTo(replyId) };
  return {
    channels: {
      [id]: { ...channel('channel', subject, { [id]: message(id, 'request', request) }), description },
      [replyId]: { address: null, messages: { [replyId]: message(replyId, 'reply', replySchema) } },
    },
    operations: {
      [`ask-${id}`]: { ...operation('send', id, 'Any backend may ask.'), reply },
      [`answer-${id}`]: { ...operation('receive', id, `The backend of ${owner} answers.`), reply },
    },
  };
}

const requestId = { type: 'string', description: 'Brings the reply back to its asker' };

const cloudEventSchema = {
  description: 'CloudEvents 1.0 with the extensions Souk uses',
  type: 'object',
  required: ['specversion', 'id', 'source', 'type', 'time', 'datacontenttype', 'data', 'correlationid'],
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string', minLength: 1 },
    source: { type: 'string', minLength: 1 },
    type: { type: 'string', minLength: 1 },
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { const: 'application/json' },
    data: { type: 'object' },
    correlationid: { type: 'string' },
    causationid: { type: 'string' },
    traceparent: { type: 'string' },
  },
};

function envelopeOf(type: string, data: JsonSchema | undefined): Tree {
  const own = { type: { const: type }, source: { const: `/${type.split('.')[0]}` }, data };
  return { allOf: [{ $ref: '#/components/schemas/CloudEvent' }, { type: 'object', properties: own }] };
}

function outcomeOf(value: JsonSchema): Tree {
  const error = {
    type: 'object',
    required: ['code', 'message'],
    properties: { code: { type: 'string' }, message: { type: 'string' }, taken: { type: 'boolean' } },
  };
  return {
    oneOf: [
      { type: 'object', required: ['requestId', 'ok', 'value'], properties: { requestId, ok: { const: true }, value } },
      {
        type: 'object',
        required: ['requestId', 'ok', 'error'],
        properties: { requestId, ok: { const: false }, error },
      },
    ],
  };
}

const channel = (server: string, address: string, messages: Tree): Tree => ({
  address,
  servers: [{ $ref: `#/servers/${server}` }],
  messages,
});

const message = (name: string, kind: string, payload: object): Tree => ({ name, tags: [{ name: kind }], payload });

const operation = (action: 'send' | 'receive', id: string, summary: string): Tree => ({
  action,
  channel: refTo(id),
  summary,
});

const refTo = (id: string): Tree => ({ $ref: `#/channels/${id}` });

const idOf = (type: string): string => type.replace(':', '-');
