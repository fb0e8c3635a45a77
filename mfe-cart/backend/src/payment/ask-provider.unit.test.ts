import { expect, test } from 'vitest';
import { askProvider } from './ask-provider.ts';
import type { PaymentProvider } from './payment-provider.ts';

const patience = { deadlineMs: 1, retries: 2 };
const running = new AbortController().signal;
const authorize = { type: 'authorize-payment', key: 'o_1#1', token: 't', amountCents: 100, currency: 'EUR' } as const;

const silence = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

function provider(answers: Partial<PaymentProvider>) {
  const calls: string[] = [];
  const noted = <Name extends keyof PaymentProvider>(name: Name, otherwise: PaymentProvider[Name]) =>
    ((...args: never[]) => {
      calls.push(name);
      return ((answers[name] ?? otherwise) as (...all: never[]) => unknown)(...args);
    }) as PaymentProvider[Name];
  const all: PaymentProvider = {
    tokenize: noted('tokenize', () => Promise.reject(new Error('not asked for'))),
    describe: noted('describe', async () => null),
    authorize: noted('authorize', async () => ({ type: 'authorized', authorizationId: 'a' })),
    capture: noted('capture', async () => true),
    voidAuthorization: noted('voidAuthorization', async () => undefined),
    close: noted('close', async () => undefined),
  };
  return { all, calls };
}

test('an authorization without an answer is closed before it is called unanswered', async () => {
  const { all, calls } = provider({ authorize: (_request, signal) => silence(signal) });
  expect(await askProvider(all, authorize, patience, running)).toEqual({ type: 'unanswered', attempts: 3 });
  expect(calls).toEqual(['authorize', 'authorize', 'authorize', 'voidAuthorization']);
});

test('an authorization that cannot even be closed is to be repeated', async () => {
  const { all } = provider({
    authorize: (_request, signal) => silence(signal),
    voidAuthorization: (_key, signal) => silence(signal),
  });
  await expect(askProvider(all, authorize, patience, running)).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('an answer to a later question counts', async () => {
  let asked = 0;
  const { all } = provider({
    authorize: (_request, signal) =>
      ++asked < 3 ? silence(signal) : Promise.resolve({ type: 'declined', reason: 'card-declined' }),
  });
  expect(await askProvider(all, authorize, patience, running)).toEqual({ type: 'declined', reason: 'card-declined' });
});

test('a backend that stops neither asks again nor says how it went', async () => {
  const stopped = new AbortController();
  const { all, calls } = provider({
    authorize(_request, signal) {
      queueMicrotask(() => stopped.abort());
      return silence(signal);
    },
  });
  const slow = { ...patience, deadlineMs: 60_000 };
  await expect(askProvider(all, authorize, slow, stopped.signal)).rejects.toMatchObject({ name: 'AbortError' });
  expect(calls).toEqual(['authorize']);
});

test('a capture that is refused is closed', async () => {
  const { all, calls } = provider({ capture: async () => false });
  const capture = { type: 'capture-payment', key: 'o_1#1', amountCents: 100 } as const;
  expect(await askProvider(all, capture, patience, running)).toEqual({ type: 'capture-refused' });
  expect(calls).toEqual(['capture', 'voidAuthorization']);
});
