import { isShellLocaleChanged } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link ShellLocaleChangedDetail}. */
export const shellLocaleChangedSchema = {
  type: 'object',
  required: ['locale', 'dir', 'currency', 'rate', 'rateDate'],
  properties: {
    locale: { enum: ['en', 'de', 'ar'], description: 'Language of the page, as `<html lang>` has it' },
    dir: { enum: ['ltr', 'rtl'] },
    currency: { type: 'string', pattern: '^[A-Z]{3}$', description: 'Prices are shown in it; charged is always EUR' },
    rate: { type: 'number', minimum: 0, description: 'What one euro is in it, by the server; 1 for EUR' },
    rateDate: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'The day of the rate' },
  },
} as const satisfies JsonSchema;

/** Detail of {@link ShellLocaleChanged}. */
export type ShellLocaleChangedDetail = FromSchema<typeof shellLocaleChangedSchema>;

/** The page speaks this language now, and shows prices in this currency. */
export class ShellLocaleChanged extends SharedEvent<ShellLocaleChangedDetail> {
  static readonly type = 'shell:locale-changed';
  static readonly kind = 'state';
  static readonly owner = 'shell';
  static readonly is = isShellLocaleChanged;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'shell:locale-changed': CustomEvent<ShellLocaleChangedDetail>;
  }
}
