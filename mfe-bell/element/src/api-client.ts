import type { DeviceAnswer, NotificationPage, PushKey, Unread, WatchAnswer } from '@souk/bell-api';

/** Why an answer from the bell's backend did not come, or was a no. */
export class BellApiFailed extends Error {
  /** The problem's code, or `unreachable` when there was no answer at all. */
  readonly code: string;
  /** 0 when there was no answer. */
  readonly status: number;

  constructor(code: string, status: number, options?: ErrorOptions) {
    super(`the bell's backend: ${code}`, options);
    this.name = 'BellApiFailed';
    this.code = code;
    this.status = status;
  }
}

const deadlineMs = 10_000;

/** Asks `/api/bell`. Every call ends with its deadline, or with `signal` where there is one. @throws {BellApiFailed} */
export const bellApi = {
  page: (query: { readonly limit?: number; readonly before?: number }, signal?: AbortSignal) => {
    const given = Object.entries(query).map(([name, value]) => [name, String(value)]);
    return call<NotificationPage>('GET', `notifications?${new URLSearchParams(given)}`, { signal });
  },
  read: (body: { notificationIds: string[] } | { upTo: number }) => call<Unread>('POST', 'read', { body }),
  dismiss: (id: string) => call<Unread>('POST', `notifications/${id}/dismiss`, { body: {} }),
  restore: (id: string) => call<Unread>('POST', `notifications/${id}/restore`, { body: {} }),
  watch: (sku: string, wanted: boolean) => call<WatchAnswer>('POST', 'watches', { body: { sku, wanted } }),
  pushKey: () => call<PushKey>('GET', 'push-key'),
  addDevice: (subscription: PushSubscription) => call<DeviceAnswer>('POST', 'devices', { body: subscription }),
  device: (deviceId: string) => call<DeviceAnswer>('GET', `devices/${deviceId}`),
  removeDevice: (deviceId: string) => call<unknown>('DELETE', `devices/${deviceId}`),
};

async function call<Answer>(
  method: string,
  path: string,
  { body, signal }: { readonly body?: unknown; readonly signal?: AbortSignal | undefined } = {},
): Promise<Answer> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const init: RequestInit = { method, signal: signal ? AbortSignal.any([signal, deadline]) : deadline };
  if (body !== undefined) {
    Object.assign(init, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  }
  let response: Response;
  try {
    response = await fetch(`/api/bell/${path}`, init);
    if (response.ok) return (response.status === 204 ? undefined : await response.json()) as Answer;
  } catch (cause) {
    signal?.throwIfAborted();
    throw new BellApiFailed('unreachable', 0, { cause });
  }
  const problem = (await response.json().catch(() => ({}))) as { code?: string };
  throw new BellApiFailed(problem.code ?? 'failed', response.status);
}
