import { setupWorker } from 'msw/browser';
import { mockLog, type Mood } from './mock-log.ts';
import { mockDeployments } from './mock-deployments.ts';
import { mockSagas } from './mock-sagas.ts';
import { followLinks } from './navigation.ts';

const log = mockLog();
const handlers = [...log.handlers, ...mockSagas().handlers, ...mockDeployments().handlers];
await setupWorker(...handlers).start({ quiet: true, onUnhandledFrame: 'bypass' });
await import('../src/events.ts');
await import('../src/sagas.ts');
await import('../src/deployments.ts');

const types = [
  'cart.item-quantity-set.v1',
  'cart.order-placed.v1',
  'cart.order-confirmed.v1',
  'chat.message-posted.v1',
];

/** One shopper's click, and what comes of it. */
function happen(): void {
  const n = log.events.length;
  const cause = n % 3 === 0 ? undefined : log.events.at(-1);
  const type = types[n % types.length]!;
  const [stream = ''] = type.split('.');
  log.append({
    ...{ type, stream, subject: `${stream}.${n % 2 === 0 ? 'order' : 'cart'}.${Math.floor(n / 3)}` },
    ...(cause && { causationid: cause.id, correlationid: cause.correlationid }),
  });
}

for (let n = 0; n < 400; n += 1) happen();
const minutes = Array.from({ length: 30 }, (_, index) => new Date(Date.now() - (30 - index) * 60_000).toISOString());
log.answer = {
  columns: [
    { name: 'time', type: 'text' },
    { name: 'stream', type: 'text' },
    { name: 'events', type: 'integer' },
  ],
  rows: minutes.flatMap((time, n) => ['cart', 'chat'].map((stream, at) => [time, stream, ((n * 7) % 11) + at * 4])),
  render: 'timechart',
};

const tools = document.querySelector('#tools')!;
const choice = document.createElement('select');
choice.ariaLabel = 'The backend answers';
choice.append(...['well', 'slow', 'failing', 'staff only', 'unreachable'].map((mood) => new Option(mood)));
choice.addEventListener('change', () => (log.mood = choice.value as Mood));
const tool = (name: string, act: () => void) => {
  const button = document.createElement('button');
  button.textContent = name;
  button.addEventListener('click', act);
  return button;
};
tools.append(
  choice,
  tool('One event', happen),
  tool('A thousand events', () => {
    for (let n = 0; n < 1_000; n += 1) happen();
  }),
  tool('Cut the streams', () => log.cut()),
);

followLinks(new AbortController().signal);
window.addEventListener('shell:navigated', ({ detail }) => {
  const line = document.createElement('li');
  line.textContent = `shell:navigated ${JSON.stringify(detail)}`;
  document.querySelector('#log')!.prepend(line);
});
/** As in the shop: another path is another element, another query is not. */
function show(): void {
  const tag = { '/ops/sagas': 'ops-sagas', '/ops/deployments': 'ops-deployments' }[location.pathname] ?? 'ops-events';
  const stage = document.querySelector('#stage')!;
  if (stage.firstElementChild?.localName !== tag) stage.replaceChildren(document.createElement(tag));
}
if (!location.pathname.startsWith('/ops/')) history.replaceState(null, '', '/ops/events');
window.addEventListener('shell:navigated', show);
show();
