import { createECDH } from 'node:crypto';
import type { Worker } from '@playwright/test';
import { turnMessagesOn } from './support/bell.ts';
import { expect, test } from './support/test.ts';
import { goods } from './support/steps.ts';

test('messages are asked for by a click, and a pushed one shows when no page does, and leads to its page', async ({
  page,
  context,
  shop,
  expectFaults,
}) => {
  await turnMessagesOn(page, shop);
  const devtools = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL === `${shop.url}/api/bell/`);
      if (ours) resolve(ours.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  const registrationId = await registered;
  const message = { title: 'Your order', body: 'It is confirmed. Thank you!', tag: 't1', path: '/orders/o_1' };
  const deliver = (data: string) =>
    devtools.send('ServiceWorker.deliverPushMessage', { origin: shop.url, registrationId, data });
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/api/bell/');
      const notifications = (await registration?.getNotifications()) ?? [];
      return notifications.map(({ title, body, tag, data }) => ({ title, body, tag, path: data.path as string }));
    });
  // A page in view shows by itself what is new.
  await deliver(JSON.stringify({ ...message, tag: 't0' }));
  // Nobody sees a page of the shop: its own addresses without one, so that the tools stay with it.
  expectFaults(/Blocked script execution in .*healthz/);
  await page.goto('/healthz');
  const front = await context.newPage();
  await front.goto('about:blank');
  await front.bringToFront();
  await deliver(JSON.stringify(message));
  // What is no message of ours leads to no other place.
  await deliver(JSON.stringify({ ...message, tag: 't2', path: '//evil.example/' }));
  await deliver('not even JSON');
  await page.goto('/');
  const news = { title: 'Souk', body: 'There is news for you.', tag: 'souk', path: '/' };
  await expect.poll(async () => (await shown()).length).toBe(3);
  expect(await shown()).toEqual(expect.arrayContaining([message, { ...message, tag: 't2', path: '/' }, news]));
});

test('a click on a message closes it, and leads to the page that shows it, or to a new one', async ({ page, shop }) => {
  const worker = await turnMessagesOn(page, shop);
  await page.goto(goods.glass.path);
  const there = await clickOn(worker, goods.glass.path);
  expect(there).toEqual({ left: 0, focused: [`${shop.url}${goods.glass.path}`], opened: [] });
  const elsewhere = await clickOn(worker, '/orders/o_1');
  expect(elsewhere).toEqual({ left: 0, focused: [], opened: [`${shop.url}/orders/o_1`] });
});

test('an address that the browser has renewed is told to the shop, and one that it has lost is asked for anew', async ({
  page,
  shop,
}) => {
  const worker = await turnMessagesOn(page, shop);
  const keys = {
    p256dh: createECDH('prime256v1').generateKeys('base64url'),
    auth: Buffer.alloc(16, 7).toString('base64url'),
  };
  const subscription = (name: string) => ({ endpoint: `https://fcm.googleapis.com/fcm/send/${name}`, keys });
  const renewed = subscription(`renewed-${Date.now()}`);
  const anew = subscription(`anew-${Date.now()}`);
  // The shop's own answer, from the worker's own session: a device that was not known.
  expect(await change(worker, { newSubscription: renewed })).toEqual({ asked: [], statuses: [201] });
  expect(await change(worker, { newSubscription: renewed })).toEqual({ asked: [], statuses: [200] });
  const options = { userVisibleOnly: true, applicationServerKey: 'key' };
  const lost = await change(worker, { oldSubscription: { options }, given: anew });
  expect(lost).toEqual({ asked: [options], statuses: [201] });
  expect(await change(worker, {}), 'nothing to go by').toEqual({ asked: [], statuses: [] });
});

/** What may be done only after a person's own click is noted rather than done: a test cannot click on a message. */
function clickOn(worker: Worker, path: string): Promise<{ left: number; focused: string[]; opened: string[] }> {
  return worker.evaluate(async (to) => {
    const scope = globalThis as unknown as WorkerScope;
    const noted = { left: -1, focused: [] as string[], opened: [] as string[] };
    scope.clients.openWindow = async (url) => void noted.opened.push(url);
    scope.WindowClient.prototype.focus = async function () {
      noted.focused.push(this.url);
    };
    await scope.registration.showNotification('Your order', { tag: 'click', data: { path: to } });
    const [notification] = await scope.registration.getNotifications({ tag: 'click' });
    const event = new scope.NotificationEvent('notificationclick', { notification: notification! });
    let work: Promise<unknown> | undefined;
    Object.defineProperty(event, 'waitUntil', { value: (promise: Promise<unknown>) => (work = promise) });
    scope.dispatchEvent(event);
    await work;
    noted.left = (await scope.registration.getNotifications({ tag: 'click' })).length;
    return noted;
  }, path);
}

/** Tells the worker that its subscription has changed. @returns what it asked the browser for, and the shop's answers */
function change(
  worker: Worker,
  what: { readonly newSubscription?: object; readonly oldSubscription?: object; readonly given?: object },
): Promise<{ asked: object[]; statuses: number[] }> {
  return worker.evaluate(async ({ given, ...details }) => {
    const scope = globalThis as unknown as WorkerScope;
    const noted = { asked: [] as object[], statuses: [] as number[] };
    scope.PushManager.prototype.subscribe = async (options) => {
      noted.asked.push(options);
      return given;
    };
    const { fetch } = scope;
    scope.fetch = async (...asked) => {
      const answer = await fetch(...asked);
      noted.statuses.push(answer.status);
      return answer;
    };
    const event = Object.assign(new Event('pushsubscriptionchange'), details);
    let work: Promise<unknown> | undefined;
    Object.defineProperty(event, 'waitUntil', { value: (promise: Promise<unknown>) => (work = promise) });
    scope.dispatchEvent(event);
    await work;
    scope.fetch = fetch;
    return noted;
  }, what);
}

/** The part of a service worker's global scope that the functions above use. */
interface WorkerScope extends EventTarget {
  fetch: typeof fetch;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { openWindow(url: string): Promise<void> };
  readonly WindowClient: { readonly prototype: { focus(this: { readonly url: string }): Promise<void> } };
  readonly PushManager: { readonly prototype: { subscribe(options: object): Promise<object | undefined> } };
  readonly NotificationEvent: new (type: string, init: { notification: Notification }) => Event;
}
