import { BellApiFailed, bellApi } from './api-client.ts';

/**
 * Messages for when the shop is closed, as this browser stands to them: `unsupported`; `off` = may be offered; `on`; `blocked` by
 * the browser's settings, which only its person can change.
 */
export type PushState = 'unsupported' | 'off' | 'on' | 'blocked';

/** Of its own folder: it has no pages, so the worker comes between none and the shop. */
const workerPath = '/api/bell/worker.js';
const scope = '/api/bell/';

/** What this browser remembers: the device's id at the server, or that its person wants none. */
const [deviceKey, declinedKey] = ['souk-bell-device', 'souk-bell-declined'];

/** How it stands, once it is known whether the server still knows this browser. */
export async function pushState(): Promise<PushState> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window))
    return 'unsupported';
  if (Notification.permission === 'denied') return 'blocked';
  return Notification.permission === 'granted' && (await isKnown()) ? 'on' : 'off';
}

/** Whether it may be offered unasked: only where it is off and nobody has said no. */
export async function canOffer(): Promise<boolean> {
  return recall(declinedKey) === null && (await pushState()) === 'off';
}

/** Not offered unasked again. */
export function declineOffer(): void {
  keep(declinedKey, '1');
}

/**
 * Asks the browser, which asks its person. Only to be called from a click.
 * @throws {BellApiFailed} and what the browser throws when it has no push service
 */
export async function enablePush(): Promise<'on' | 'blocked'> {
  if ((await Notification.requestPermission()) !== 'granted') return 'blocked';
  const { publicKey } = await bellApi.pushKey();
  const registration = await activeWorker();
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  const { deviceId } = await bellApi.addDevice(subscription);
  keep(deviceKey, deviceId);
  localStorage.removeItem(declinedKey);
  return 'on';
}

/** Takes it back, here and at the server. @throws {BellApiFailed} */
export async function disablePush(): Promise<void> {
  const deviceId = recall(deviceKey);
  if (deviceId) await bellApi.removeDevice(deviceId);
  await forget();
}

/** The session may have ended since, and another person sit here: what the server does not know, ends here, too. */
async function isKnown(): Promise<boolean> {
  const deviceId = recall(deviceKey);
  if (deviceId === null) return false;
  const subscription = await (await navigator.serviceWorker.getRegistration(scope))?.pushManager.getSubscription();
  try {
    await bellApi.device(deviceId);
    // Renewed by the browser meanwhile: the server may not have heard of it.
    if (subscription) keep(deviceKey, (await bellApi.addDevice(subscription)).deviceId);
    return Boolean(subscription);
  } catch (error) {
    if (!(error instanceof BellApiFailed) || error.status !== 404) return Boolean(subscription);
    await forget();
    return false;
  }
}

async function forget(): Promise<void> {
  localStorage.removeItem(deviceKey);
  const registration = await navigator.serviceWorker.getRegistration(scope);
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

/** To subscribe, a worker has to be there; it is no use to ask the page's, as it has none. */
async function activeWorker(): Promise<ServiceWorkerRegistration> {
  const registration = await navigator.serviceWorker.register(trusted(workerPath) as string, { scope });
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (worker && worker.state !== 'activated') {
    await new Promise<void>((resolve, reject) => {
      worker.addEventListener('statechange', () => {
        if (worker.state === 'activated') resolve();
        if (worker.state === 'redundant') reject(new Error('the service worker could not be installed'));
      });
    });
  }
  return registration;
}

/** The one script address that this module may run, for a page that wants to know. */
function trusted(path: typeof workerPath): unknown {
  const { trustedTypes } = globalThis as unknown as {
    trustedTypes?: { createPolicy(name: string, rules: object): { createScriptURL(url: string): unknown } };
  };
  const policy = trustedTypes?.createPolicy('souk', {
    createScriptURL: (url: string) => (url === workerPath ? url : ''),
  });
  return policy?.createScriptURL(path) ?? path;
}

/** Storage may be forbidden; then this browser forgets. */
function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // It is asked again next time.
  }
}
