import { ChatOpen, ask, relay } from '@souk/shared-events/browser';
import { passthrough } from 'msw';
import { setupWorker } from 'msw/browser';
import { http } from 'msw/http';
import { mockBackend } from './mock-backend.ts';
import { fillWithStories } from './stories.ts';

const params = new URLSearchParams(location.search);
const show = params.get('show') ?? 'launcher';

// Pushed a moment later, as the real ones come over the network.
const backend = mockBackend((type, detail) => setTimeout(() => relay({ type, detail }), 30));
if (params.get('empty') === null) fillWithStories(backend);

await setupWorker(...backend.handlers, http.get('*', passthrough)).start({ quiet: true });

const log = document.querySelector('#log')!;
for (const type of ['chat:message-received', 'chat:unread-changed', 'chat:open'] as const) {
  window.addEventListener(type, (event) => {
    const line = document.createElement('li');
    line.textContent = `${type} ${JSON.stringify(event.detail)}`;
    log.prepend(line);
  });
}

function tool(name: string, action: () => unknown): void {
  const button = document.createElement('button');
  button.textContent = name;
  button.addEventListener('click', () => void action());
  document.querySelector('#tools')!.append(button);
}

tool('The shop writes', () => backend.say('staff', 'Yes, we have that one here.'));
tool('A shopper writes', () => backend.say('shopper', 'Do you ship to Norway?', { conversationId: `c_${Date.now()}` }));
tool('Next post fails', () => backend.fail(1));
tool('chat:open about a product', () =>
  ask(window, new ChatOpen({ about: { kind: 'product', id: 'fes-zellige-star' } })),
);
tool('shell:push-reset', () => relay({ type: 'shell:push-reset', detail: {} }));

const modules: Readonly<Record<string, () => Promise<unknown>>> = {
  launcher: () => import('../element/src/launcher.ts'),
  conversation: () => import('../element/src/conversation.ts'),
  desk: () => import('../element/src/desk.ts'),
};
await modules[show]?.();
const element = document.createElement(`chat-${show}`);
const about = params.get('about');
if (about) {
  element.setAttribute('about-kind', 'product');
  element.setAttribute('about-id', about);
}
document.querySelector('#stage')!.append(element);
