import type { FromSchema } from '../json-schema.ts';
import { accountSchemas } from './account.ts';
import { bellSchemas } from './bell.ts';
import { cartSagaSchemas } from './cart-sagas.ts';
import { cartSchemas } from './cart.ts';
import { catalogSchemas } from './catalog.ts';
import { chatSchemas } from './chat.ts';
import { shellSchemas } from './shell.ts';

/** JSON Schema of the data of each event between backends, by type. The type ends with the version of its schema. */
export const integrationSchemas = {
  ...accountSchemas,
  ...bellSchemas,
  ...catalogSchemas,
  ...cartSchemas,
  ...cartSagaSchemas,
  ...chatSchemas,
  ...shellSchemas,
} as const;

/** Type of an event between backends: `cart.order-placed.v2`. */
export type IntegrationType = keyof typeof integrationSchemas;

/** Data of each event, by type: `IntegrationData['cart.order-placed.v2']`. */
export type IntegrationData = { readonly [Type in IntegrationType]: FromSchema<(typeof integrationSchemas)[Type]> };

/** The owner, first part of the type. */
export type OwnerOf<Type extends string> = Type extends `${infer Owner}.${string}` ? Owner : never;

/**
 * A CloudEvents 1.0 envelope around the data of one type, or of one of several: the same shape as the channel's, so
 * that a recorded event can be narrowed by its `type`.
 */
export type IntegrationEvent<Type extends IntegrationType = IntegrationType> = {
  readonly [Each in Type]: {
    readonly specversion: '1.0';
    /** Unique per `source`. */
    readonly id: string;
    readonly source: `/${OwnerOf<Each>}`;
    readonly type: Each;
    /** ISO 8601 UTC. */
    readonly time: string;
    readonly datacontenttype: 'application/json';
    readonly data: IntegrationData[Each];
    readonly correlationid: string;
    readonly causationid?: string;
    readonly traceparent?: string;
  };
}[Type];

/** Narrows any event to one of the contract by its type. It does not look at the data. */
export function isIntegrationType(type: string): type is IntegrationType {
  return Object.hasOwn(integrationSchemas, type);
}
