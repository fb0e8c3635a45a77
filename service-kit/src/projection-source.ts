import type { StreamName, SubjectFilter } from '@souk/event-channel';

/** A stream to project, or the part of it that matters. */
export interface ProjectionSource {
  readonly stream: StreamName;
  /** @default everything in the stream */
  readonly filter?: SubjectFilter;
}
