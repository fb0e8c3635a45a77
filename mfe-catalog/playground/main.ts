import { relay } from '@souk/shared-events/browser';
import { setupWorker } from 'msw/browser';
import { mockBackend, type Mood } from './handlers.ts';
import { standIns } from './stand-ins.ts';
import '../element/src/pages.ts';
import '../element/src/search.ts';

const backend = mockBackend();
await setupWorker(...backend.handlers).start({ quiet: true, onUnhandledFrame: 'bypass' });

const tools = document.querySelector('#tools')!;

/** A choice that a reload keeps. */
function choice<Value extends string>(name: string, values: readonly Value[], choose: (value: Value) => void): void {
  const label = document.createElement('label');
  const select = document.createElement('select');
  select.append(...values.map((value) => new Option(value, value)));
  select.value = sessionStorage.getItem(name) ?? values[0]!;
  select.addEventListener('change', () => {
    sessionStorage.setItem(name, select.value);
    choose(select.value as Value);
  });
  choose(select.value as Value);
  label.append(`${name} `, select);
  tools.append(label);
}

function tool(name: string, action: () => unknown): void {
  const button = document.createElement('button');
  button.textContent = name;
  button.addEventListener('click', () => void action());
  tools.append(button);
}

const others = standIns();
const moods: readonly Mood[] = ['well', 'slow', 'silent', 'failing', 'unreachable'];
choice('The backend answers', moods, (mood) => (backend.mood = mood));
choice('The cart', ['takes it', 'refuses', 'breaks', 'never answers', 'is not there'], others.cart);
choice('The chat', ['opens', 'never answers', 'is not there'], others.chat);
choice('The shell', ['navigates', 'is not there'], others.shell);
tool('shell:push-reset', () => relay({ type: 'shell:push-reset', detail: {} }));
tool('Clear the log', () => log.replaceChildren());

const log = document.querySelector('#log')!;
const types = ['catalog:product-viewed', 'cart:add-item', 'chat:open', 'shell:navigate', 'shell:navigated'] as const;
for (const type of types.flatMap((each) => [each, `${each}:reply`])) {
  window.addEventListener(type, (event) => {
    const line = document.createElement('li');
    line.textContent = `${type} ${JSON.stringify((event as CustomEvent).detail)}`;
    log.prepend(line);
  });
}

others.show();
