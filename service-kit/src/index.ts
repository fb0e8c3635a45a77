export { createApp } from './app.ts';
export type { AppOptions, SoukApp } from './app.ts';
export {
  ApiError,
  Conflict,
  Forbidden,
  Invalid,
  Gone,
  NotFound,
  RateLimited,
  Stale,
  TooLarge,
  Unauthenticated,
  Unavailable,
  Unprocessable,
} from './api-error.ts';
export type { ApiErrorOptions, ErrorKind, FieldError } from './api-error.ts';
export { atLeast } from './at-least.ts';
export type { AtLeastOptions } from './at-least.ts';
export { toBackend } from './backend.ts';
export type { Backend, BackendOptions, BackendParts, RequestHandler } from './backend.ts';
export { causeOf, cloudEvent } from './cloud-event.ts';
export type { CloudEventInput } from './cloud-event.ts';
export { ConfigError, loadConfig, setting } from './config.ts';
export type { Config, ConfigSpec, Setting } from './config.ts';
export { etagOf, notModified, positionTag, sendWithEtag } from './etag.ts';
export type { Follower, FollowerStatus } from './follower.ts';
export { readiness } from './health.ts';
export type { Check, HealthOptions, Readiness } from './health.ts';
export { idempotency } from './idempotency.ts';
export type { Answer, CommandContext, IdempotencyOptions, Idempotent } from './idempotency.ts';
export { newId } from './ids.ts';
export { createLogger } from './logger.ts';
export type { Logger, LoggerOptions } from './logger.ts';
export { recentLines } from './recent-lines.ts';
export { createMetrics } from './metrics.ts';
export type { Metrics } from './metrics.ts';
export { commandHandler } from './operations/command-handler.ts';
export type { CommandAnswer } from './operations/command-answer.ts';
export type { CommandHandlerOptions } from './operations/command-handler.ts';
export { defineCommand } from './operations/command.ts';
export type { Command, CommandEvent, CommandInput, CommandReply, CommandSpec, Said } from './operations/command.ts';
export { announceHandler } from './operations/handler-presence.ts';
export type { OperationDocument } from './operations/operation-document.ts';
export type { LateAnswer } from './operations/operation-log.ts';
export { openOperations } from './operations/operations.ts';
export type { Operations, OperationsOptions } from './operations/operations.ts';
export { followErasures } from './personal-data/follow-erasures.ts';
export type { ErasureAnswer, Erasures, ErasuresOptions } from './personal-data/follow-erasures.ts';
export { openKeyStore } from './personal-data/key-store.ts';
export { rewindKeyStore } from './personal-data/rewind-key-store.ts';
export type { KeyStore } from './personal-data/key-store.ts';
export { SealBroken } from './personal-data/personal.ts';
export type { Personal, Plain, Sealed } from './personal-data/personal.ts';
export { openReplicaList } from './replica/replica-list.ts';
export type { KnownReplica, ReplicaList } from './replica/replica-list.ts';
export { serveReplica } from './replica/serve-replica.ts';
export type { Replica, ServeReplicaOptions } from './replica/serve-replica.ts';
export { askForPast } from './past/ask-for-past.ts';
export type { AskForPastOptions } from './past/ask-for-past.ts';
export { traceIdOf } from './trace.ts';
export { PROBLEM_MEDIA_TYPE, toProblem } from './problem-details.ts';
export type { Problem } from './problem-details.ts';
export type { Apply } from './apply-event.ts';
export { ProjectionAhead, projection } from './projection.ts';
export type { Projection, ProjectionOptions, WaitOptions } from './projection.ts';
export type { ProjectionSource } from './projection-source.ts';
export type { Rebuild, RebuildProgress } from './rebuild/rebuilder.ts';
export { reactor } from './reactor.ts';
export type { Commit, Reactor, ReactorContext, ReactorOptions } from './reactor.ts';
export { effectKey, isSagaId, parseSagaCommandId } from './saga/command-id.ts';
export type { SagaCommandId } from './saga/command-id.ts';
export { actsFor, decideSaga } from './saga/decide.ts';
export type { SagaDecision, SagaInput } from './saga/decide.ts';
export { InvalidSaga, defineSaga } from './saga/definition.ts';
export type {
  Saga,
  SagaCommand,
  SagaCompensation,
  SagaDefinition,
  SagaLegKind,
  SagaRefusal,
  SagaRetry,
  SagaStep,
} from './saga/definition.ts';
export { sagaParticipant } from './saga/participant.ts';
export type { SagaAnswer, SagaCommandContext, SagaCommandHandler, SagaParticipantOptions } from './saga/participant.ts';
export type { SagaChange } from './saga/saga-book.ts';
export { SagaEventSchemas, sagaEventType } from './saga/saga-event.ts';
export type { ParkedCode, SagaAct, SagaEvent, SagaEventName, SagaReplyPlace, SagaSend } from './saga/saga-event.ts';
export type { SagaCounts, SagaQuery, SagaSummary } from './saga/saga-table.ts';
export { addSagaRoutes } from './saga/saga-routes.ts';
export type { SagaDefinitionDocument, SagaDocument, SagaListDocument } from './saga/saga-schemas.ts';
export { openSagas } from './saga/open-sagas.ts';
export type { SagaNow, SagaOperatorAct, SagaReplies, SagaStart, Sagas, SagasOptions } from './saga/sagas.ts';
export { evolveSaga } from './saga/state.ts';
export type { LegProgress, SagaState, SagaStatus, SagaWait, StepProgress } from './saga/state.ts';
export { SESSION_HEADER, requireStaff, signSession, verifySession } from './session.ts';
export type { Role, Session, StaffMember } from './session.ts';
export { CloseFailed, closeAll, onShutdown } from './shutdown.ts';
export type { Closable, CloseOptions, ShutdownOptions } from './shutdown.ts';
export { snapshots } from './snapshots.ts';
export type { Folded, Snapshots, SnapshotsOptions } from './snapshots.ts';
export { DatabaseTooNew, openDatabase } from './sqlite.ts';
export type { Database, DatabaseOptions, Row, SqlOutput, SqlValue } from './sqlite.ts';
export { acceptRequestId, continueTrace } from './trace.ts';
export type { Cause } from './trace.ts';
export { upcasting } from './upcasting.ts';
export type { Upcast } from './upcasting.ts';
export { formBody } from './validation.ts';
