// The integration contract: what backends say to each other over the event channel. Neither Node nor DOM in here.
export { askSchemas, type Ask, type AskData, type AskSubject } from './asks.ts';
export {
  integrationSchemas,
  isIntegrationType,
  type IntegrationData,
  type IntegrationEvent,
  type IntegrationType,
  type OwnerOf,
} from './integration-event.ts';
export { erasureRequests, personKeepers } from './erasure.ts';
export { pastSchemas } from './past.ts';
export { subjectToken } from './subject-token.ts';
export { subjects, subjectTypes } from './subjects.ts';
export { upcast } from './upcasters.ts';
export type { FromSchema, JsonSchema } from '../json-schema.ts';
