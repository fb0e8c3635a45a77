export { createCartBackend } from './cart-backend.ts';
export type { CartBackendOptions } from './cart-backend.ts';
export type { Patience } from './participants/patience.ts';
export { CardRefused } from './payment/payment-provider.ts';
export type { Authorization, AuthorizeRequest, PaymentProvider } from './payment/payment-provider.ts';
export { sandboxPayments } from './payment/sandbox.ts';
export type { LedgerEntry, SandboxOptions } from './payment/sandbox.ts';
