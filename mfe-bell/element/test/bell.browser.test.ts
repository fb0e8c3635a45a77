import { expect, waitUntil } from '@open-wc/testing';
import { BellWatchProduct, ChatOpen, answer, ask, emit, relay, retainedStates } from '@souk/shared-events/browser';
import { ShellLocaleChanged, ShellNavigated, ShellPushReset, english } from '@souk/shared-events/browser';
import { setupWorker } from 'msw/browser';
import { mockBell } from '../../playground/mock-backend.ts';
import '../src/button.ts';
import '../src/watch.ts';

const backend = mockBell();
const worker = setupWorker(...backend.handlers);
const startedAt = location.href;
const header = document.createElement('header');
let bell: HTMLElement;

before(() => worker.start({ quiet: true, onUnhandledFrame: 'bypass' }));
beforeEach(async () => {
  backend.reset();
  retainedStates().clear();
  document.body.append(header);
});
afterEach(() => {
  header.replaceChildren();
  history.replaceState(null, '', startedAt);
  localStorage.clear();
});

/** The bell, once it has its number. */
async function ring(): Promise<void> {
  bell = document.createElement('bell-button');
  header.replaceChildren(bell);
  await waitUntil(() => bell.hasAttribute('count'));
}
/** What the server would push. */
function push(more?: Parameters<typeof backend.notify>[0]): string {
  const { notification, unread } = backend.notify(more);
  const { notificationId, kind, order, product } = notification;
  relay({ type: 'bell:changed', detail: backend.count() });
  const about = order?.orderId ?? product?.slug ?? 'c_1';
  relay({ type: 'bell:notified', detail: { notificationId, kind, about, unread } });
  return notificationId;
}
const within = (root: ParentNode, selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
const find = (selector: string) => within(bell.shadowRoot!, selector);
const inCentre = (selector: string) =>
  within(find('bell-centre')[0]?.shadowRoot ?? document.createElement('i'), selector);
const button = () => find('button[aria-expanded]')[0]!;
const textOf = (element: Element | undefined) => (element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
const named = (text: string) => inCentre('button').find((each) => textOf(each) === text);
const until = (isSo: () => unknown, what?: string) => waitUntil(isSo, what, { interval: 5, timeout: 5000 });

async function openCentre(): Promise<void> {
  button().click();
  await until(() => inCentre('ul, .state:not([role=status])').length > 0, 'the centre shows something');
}

it('shows the server’s number, whatever comes late', async () => {
  backend.notify();
  await ring();
  expect(button().ariaLabel).to.equal('Notifications, 1 unread');
  relay({ type: 'bell:changed', detail: { unread: 5, position: 40 } });
  relay({ type: 'bell:changed', detail: { unread: 3, position: 39 } });
  expect(button().ariaLabel).to.equal('Notifications, 5 unread');
  expect(textOf(find('.badge')[0])).to.equal('5');
  relay({ type: 'bell:changed', detail: { unread: 120, position: 41 } });
  expect(textOf(find('.badge')[0])).to.equal('99+');
  await expect(bell).to.be.accessible();
});

it('asks again when messages may have been missed', async () => {
  await ring();
  backend.notify();
  emit(window, new ShellPushReset({}));
  await until(() => bell.getAttribute('count') === '1');
});

it('says that there is nothing yet, and what there will be', async () => {
  await ring();
  await openCentre();
  expect(textOf(inCentre('.state')[0])).to.contain('Nothing new.');
  expect(button().ariaExpanded).to.equal('true');
  await expect(bell).to.be.accessible();
});

it('lists what is new first, follows while it is open, and leads to what it is about', async () => {
  await ring();
  push();
  push({ kind: 'chat' });
  await openCentre();
  expect(inCentre('.title').map(textOf)).to.deep.equal([
    'Unread: The shop answered',
    'Unread: Your order is confirmed',
  ]);
  push();
  await until(() => inCentre('.item').length === 3);
  expect(inCentre('a.what')[0]!.getAttribute('href')).to.equal('/orders/o_3');
  await expect(bell).to.be.accessible();
});

it('opens the chat for an answer in it', async () => {
  const ending = new AbortController();
  let opened = 0;
  answer(ChatOpen, () => (opened++, { opened: true as const }), { signal: ending.signal });
  await ring();
  push({ kind: 'chat' });
  await openCentre();
  inCentre('button.what')[0]!.click();
  await until(() => opened === 1);
  await until(() => bell.getAttribute('count') === '0');
  ending.abort();
});

it('puts away with a way back, and the focus stays where the hand is', async () => {
  await ring();
  push();
  push();
  await openCentre();
  inCentre('.icon')[0]!.click();
  await until(() => bell.getAttribute('count') === '1');
  const centre = find('bell-centre')[0]!.shadowRoot!;
  expect(textOf(centre.activeElement!)).to.equal('Undo');
  (centre.activeElement as HTMLElement).click();
  await until(() => bell.getAttribute('count') === '2');
  await until(() => inCentre('.undo').length === 0 && inCentre('.item').length === 2);
});

it('marks all as read that were shown, and not what came meanwhile', async () => {
  await ring();
  push();
  push();
  await openCentre();
  named('Mark all as read')!.click();
  await until(() => bell.getAttribute('count') === '0');
  expect(backend.calls).to.include('POST /api/bell/read');
  await until(() => !named('Mark all as read'));
});

it('fetches older ones page by page', async () => {
  await ring();
  for (let n = 0; n < 45; n++) backend.notify();
  relay({ type: 'bell:changed', detail: backend.count() });
  await openCentre();
  expect(inCentre('.item')).to.have.length(20);
  named('Show older ones')!.click();
  await until(() => inCentre('.item').length === 40);
  named('Show older ones')!.click();
  await until(() => inCentre('.item').length === 45);
  expect(named('Show older ones')).to.equal(undefined);
});

it('says when the notifications are not to be had, and tries again', async () => {
  await ring();
  backend.mood = 'failing';
  button().click();
  await until(() => inCentre('[role=alert]').length === 1);
  await expect(bell).to.be.accessible();
  backend.mood = 'well';
  named('Try again')!.click();
  await until(() => inCentre('.state strong').length === 1);
});

it('closes on Escape, on a press elsewhere, and when another page is shown', async () => {
  await ring();
  await openCentre();
  const dialog = find('dialog')[0] as HTMLDialogElement;
  dialog.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  expect(dialog.open).to.equal(false);
  button().click();
  await until(() => dialog.open);
  document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  expect(dialog.open).to.equal(false);
  button().click();
  await until(() => dialog.open);
  emit(window, new ShellNavigated({ path: '/cart' }));
  expect(dialog.open).to.equal(false);
  await until(() => button().ariaExpanded === 'false');
});

it('shows a toast politely, one at a time, that can be closed', async () => {
  await ring();
  push();
  await until(() => find('.toast').length === 1);
  expect(find('.region')[0]!.role).to.equal('status');
  expect(textOf(find('.toast a')[0])).to.equal('Your order is confirmed');
  push({ kind: 'chat' });
  await until(() => textOf(find('.toast')[0]).includes('The shop answered'));
  expect(find('.toast')).to.have.length(1);
  await expect(bell).to.be.accessible();
  find('.toast .close')[0]!.click();
  expect(find('.toast')).to.have.length(0);
});

it('needs no toast and no number for what the page in view is about', async () => {
  await ring();
  history.replaceState(null, '', '/orders/o_1');
  push();
  await until(() => backend.calls.includes('POST /api/bell/read'));
  await until(() => bell.getAttribute('count') === '0');
  expect(find('.toast')).to.have.length(0);
});

it('shows no toast for what was read by then', async () => {
  await ring();
  const { notification, unread } = backend.notify({ read: true });
  const { notificationId, kind } = notification;
  const before = backend.calls.length;
  relay({ type: 'bell:notified', detail: { notificationId, kind, about: 'x', unread } });
  await until(() => backend.calls.slice(before).some((call) => call.startsWith('GET /api/bell/notifications?')));
  push();
  await until(() => find('.toast').length === 1);
  expect(find('.toast a')[0]!.getAttribute('href')).to.equal('/orders/o_2');
});

it('watches a product when asked to', async () => {
  await ring();
  const reply = await ask(window, new BellWatchProduct({ sku: 'bowl', wanted: true }));
  expect(reply).to.deep.equal({ watching: true });
  expect(backend.calls).to.include('POST /api/bell/watches');
});

it('leaves no listener behind, however often it comes and goes', async () => {
  for (let n = 0; n < 100; n++) header.replaceChildren(document.createElement('bell-button'));
  await ring();
  const before = backend.calls.length;
  emit(window, new ShellPushReset({}));
  await until(() => backend.calls.length > before);
  expect(backend.calls.slice(before)).to.deep.equal(['GET /api/bell/unread']);
});

it('speaks another language at once, the open centre too, and the first one again', async () => {
  backend.notify();
  await ring();
  await openCentre();
  const title = () => textOf(find('#title')[0]);
  const read = () => textOf(inCentre('.bar button')[0]);
  const before = [button().ariaLabel, title(), read()];

  emit(window, new ShellLocaleChanged({ ...english, locale: 'ar', dir: 'rtl' }));
  await until(() => read() === 'تحديد الكل كمقروء', 'the centre speaks Arabic');
  expect(title()).to.equal('الإشعارات');
  expect(button().ariaLabel).to.equal('الإشعارات، 1 غير مقروء');

  emit(window, new ShellLocaleChanged(english));
  await until(() => read() === before[2], 'the centre speaks English again');
  expect([button().ariaLabel, title(), read()]).to.deep.equal(before);
});
