import { expect, test } from 'vitest';
import { SagaEventSchemas, sagaEventType } from '@souk/service-kit';
import type { SagaEventName } from '@souk/service-kit';
import { integrationSchemas, subjectTypes } from '@souk/shared-events/integration';

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

const contract: Readonly<Record<string, Schema>> = integrationSchemas;
const names = Object.keys(SagaEventSchemas) as SagaEventName[];
const types = names.map((name) => sagaEventType('cart', name));

test('the contract names the events that the runner writes, all of them and no other', () => {
  const said = Object.keys(contract).filter((type) => type.startsWith('cart.saga-'));
  expect(said.toSorted()).toEqual(types.toSorted());
  expect(subjectTypes['cart.saga.{sagaId}']).toEqual(expect.arrayContaining(types));
});

test.each(names)('the contract says of %s what the runner writes', (name) => {
  const written = SagaEventSchemas[name] as Schema;
  expect(shapeOf(contract[sagaEventType('cart', name)])).toEqual(shapeOf(written));
});

/** What a schema takes, without its words; a choice of constants is an enum, and what the runner leaves open is `open`. */
function shapeOf(schema: Schema = {}): unknown {
  const choices = schema.enum ?? schema.anyOf?.map((one) => one.const);
  if (choices !== undefined) return { enum: [...choices] };
  const isOpen = schema.type === undefined || (schema.type === 'object' && schema.properties === undefined);
  if (isOpen) return 'open';
  if (schema.type !== 'object') return schema.type;
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => [name, shapeOf(member)]);
  return { required: [...(schema.required ?? [])].toSorted(), members: Object.fromEntries(members) as object };
}
