import type { FastifySchemaCompiler } from 'fastify';
import { Type } from 'typebox';
import type { TObject, TObjectOptions, TProperties, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';

const FORM_MEDIA_TYPE = 'application/x-www-form-urlencoded';
const FORM_MARK = 'x-souk-form';

interface Issue {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: Record<string, unknown>;
  readonly message: string;
}

/**
 * Schema of a body sent by an HTML form, where everything is text: `"2"` is taken for the number 2.
 * JSON bodies are never converted.
 */
export function formBody<Properties extends TProperties>(
  properties: Properties,
  options?: TObjectOptions,
): TObject<Properties> {
  return Type.Object(properties, { ...options, [FORM_MARK]: true });
}

/** Checks requests with TypeBox: text parts (path, query, headers, forms) are converted, defaults are filled in. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart, contentType }) => {
  const check = Compile(schema);
  const hasDefaults = mentionsDefault(schema);
  const textual = httpPart !== 'body' || contentType === FORM_MEDIA_TYPE || FORM_MARK in schema;
  return (input: unknown) => {
    // Right as it came: nothing to convert, which is slow, and nothing to fill in.
    if (!hasDefaults && check.Check(input)) return { value: input };
    const plain = textual ? Value.Convert(schema, { ...(input as object) }) : input;
    const value = Value.Default(schema, plain);
    if (check.Check(value)) return { value };
    return { error: check.Errors(value).flatMap(issuesOf) };
  };
};

/** Whether anything in a schema has a default. A property of that name counts too: it only costs time. */
function mentionsDefault(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  return 'default' in schema || Object.values(schema).some(mentionsDefault);
}

/** One issue per wrong place: a missing member is wrong where it should be, not at its parent. */
function issuesOf(error: Omit<Issue, 'params' | 'message'> & { params: object; message?: string }): Issue[] {
  const params = error.params as Record<string, unknown>;
  const at = (name: string, message: string): Issue => ({
    ...error,
    params,
    instancePath: `${error.instancePath}/${name.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 100)}`,
    message,
  });
  if (error.keyword === 'required') return names(params['requiredProperties']).map((name) => at(name, 'is missing'));
  if (error.keyword === 'additionalProperties') {
    return names(params['additionalProperties']).map((name) => at(name, 'is not expected'));
  }
  // Says nothing of its own: a member that is not expected is reported by its parent.
  if (error.keyword === 'boolean') return [];
  return [{ ...error, params, message: error.message ?? 'is not valid' }];
}

function names(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}
