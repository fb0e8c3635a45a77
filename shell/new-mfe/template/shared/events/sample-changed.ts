import { SharedEvent } from '@souk/shared-events/browser';

/** JSON Schema of the detail. Open: members may be added, for a listener ignores what it does not know. */
export const sampleChangedSchema = {
  type: 'object',
  required: ['count'],
  properties: { count: { type: 'integer', minimum: 0, description: 'Entries of this visitor' } },
} as const;

/** Detail of {@link SampleChanged}. */
export interface SampleChangedDetail {
  readonly count: number;
}

/** So many entries has the visitor now. */
export class SampleChanged extends SharedEvent<SampleChangedDetail> {
  static readonly type = 'sample:changed';
  static readonly kind = 'state';
  static readonly owner = 'sample';
  /** Says the same as the schema, without a library in the bundle; a test compares the two. */
  static readonly is = (value: unknown): boolean => {
    const { count } = (value ?? {}) as { count?: unknown };
    return Number.isInteger(count) && (count as number) >= 0;
  };
}

declare global {
  interface GlobalEventHandlersEventMap {
    'sample:changed': CustomEvent<SampleChangedDetail>;
  }
}
