import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sandboxPayments } from '../../../mfe-cart/backend/src/index.ts';
import type { PaymentProvider } from '../../../mfe-cart/backend/src/index.ts';

/** Where the card holder's answer stands, in the shop's folder: the bank is outside, so it lives on when the shop dies. */
export const BANK_FILE = 'bank-says';

/** What a card holder told their bank. */
export type BankAnswer = 'confirmed' | 'refused';

/**
 * The sandbox, with a bank that asks every card holder to confirm (3-D Secure): nothing is held until its file says that they
 * did. What the shop has closed stays closed, whatever the holder says later.
 */
export function askingPayments(dataDir: string): PaymentProvider {
  const sandbox = sandboxPayments({ file: join(dataDir, 'payments.db'), clock: () => new Date() });
  const file = join(dataDir, BANK_FILE);
  const said = () => (existsSync(file) ? (readFileSync(file, 'utf8') as BankAnswer) : undefined);
  const isClosed = (key: string) => sandbox.ledger().some((line) => line.key === key && line.operation === 'void');
  return {
    ...sandbox,
    async authorize(request, signal) {
      if (isClosed(request.key) || said() === 'confirmed') return sandbox.authorize(request, signal);
      return said() === 'refused' ? { type: 'declined', reason: 'not-confirmed' } : { type: 'action-required' };
    },
    confirmations: {
      secretOf: async (key) => (isClosed(key) || said() !== undefined ? null : `secret of ${key}`),
      // As if all of the provider's news got lost: the shopper's page and the checkout ask.
      onNews: () => undefined,
    },
  };
}
