import { Type } from 'typebox';
import type { Static } from 'typebox';

const strict = { additionalProperties: false } as const;
const Name = Type.String({ pattern: '^[a-z][a-z0-9]{0,31}$' });
const Text = Type.String({ minLength: 1, maxLength: 200 });

const File = Type.Object(
  {
    path: Type.String({ minLength: 1, maxLength: 200 }),
    size: Type.Integer({ minimum: 0, maximum: 20_000_000 }),
    integrity: Type.String({ pattern: '^sha384-[A-Za-z0-9+/]{64}$' }),
    type: Type.String({ pattern: '^[a-z]+/[a-z0-9.+-]+$' }),
  },
  strict,
);

/** JSON Schema of a detail, a payload or a reply. Which part of JSON Schema can be compared, the gate knows. */
const Schema = Type.Record(Type.String(), Type.Unknown());
const Details = Type.Record(Type.String(), Schema);
const Request = { payload: Schema, reply: Schema };

/** Which browser events somebody sends and takes, and what they look like: event type → schema. */
export const ContractSchema = Type.Object(
  {
    emits: Details,
    /** Sent to the page by its backend. */
    pushes: Details,
    listens: Details,
    requests: Type.Record(Type.String(), Type.Object(Request, strict)),
    /** `entry`: the module that is loaded when nobody has taken the request. */
    handles: Type.Record(Type.String(), Type.Object({ entry: Type.String(), ...Request }, strict)),
  },
  strict,
);

/** `mfe.json`, as the build of a micro frontend writes it: plain JSON, the only thing the shell knows of an MFE. */
export const ManifestSchema = Type.Object(
  {
    name: Name,
    owner: Text,
    importance: Type.Union([Type.Literal('primary'), Type.Literal('essential'), Type.Literal('regular')]),
    version: Type.String({ pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]{1,64})?$' }),
    entries: Type.Record(
      Type.String(),
      Type.Object(
        {
          file: Type.String(),
          imports: Type.Array(Type.String()),
          words: Type.Optional(Type.Record(Type.String({ pattern: '^[a-z]{2}$' }), Type.String())),
        },
        strict,
      ),
    ),
    elements: Type.Record(Type.String(), Type.String()),
    routes: Type.Array(
      Type.Object({ path: Text, element: Text, title: Text, steady: Type.Optional(Type.Boolean()) }, strict),
      { maxItems: 100 },
    ),
    slots: Type.Array(
      Type.Object({ slot: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }), element: Text, order: Type.Number() }, strict),
      { maxItems: 100 },
    ),
    fragment: Type.Optional(File),
    api: Type.Optional(Text),
    contract: ContractSchema,
    files: Type.Array(File, { minItems: 1, maxItems: 1000 }),
  },
  strict,
);

/** A built micro frontend as the registry keeps it. `files` are what a browser may load. */
export type MfeManifest = Static<typeof ManifestSchema>;

/** What a micro frontend, or the shell itself, says about its browser events. */
export type MfeContract = Static<typeof ContractSchema>;

/** One file of a build: path relative to `client/` (or to the folder itself, for the fragment), size in bytes. */
export type MfeFile = Static<typeof File>;
