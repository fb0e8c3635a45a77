export type {
  AppendOptions,
  Appended,
  Capabilities,
  CloudEvent,
  ConsumeOptions,
  Consumer,
  DeadLetter,
  Delivery,
  EventChannel,
  Expect,
  Json,
  Message,
  Position,
  ReadOptions,
  Recorded,
  Revision,
  StreamName,
  Subject,
  SubjectFilter,
  Subscription,
} from './port.ts';
export {
  ChannelClosed,
  ChannelError,
  DurableConflict,
  EmptyCommit,
  InvalidSubject,
  LogDamaged,
  LogInUse,
  LogUnavailable,
  NoResponders,
  NoSuchDeadLetter,
  RequestTimeout,
  ResponderFailed,
  TooLarge,
  UnsuitableServer,
  WrongRevision,
} from './errors.ts';
export type { HandlerErrorListener } from './log/handler-error.ts';
export { matchesFilter, subjectMatcher } from './matches-filter.ts';
export { streamOf } from './stream-of.ts';
export { assertLogFilter, assertLogSubject, assertSubject, assertSubjectFilter } from './assert-subject.ts';
