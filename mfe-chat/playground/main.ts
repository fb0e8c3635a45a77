import { CatalogDescribeProduct, ChatOpen, answer, ask, relay } from '@souk/shared-events/browser';
import { passthrough } from 'msw';
import { setupWorker } from 'msw/browser';
import { http } from 'msw/http';
import { fillDesk } from './desk-stories.ts';
import { mockBackend } from './mock-backend.ts';
import { karim } from './mock-desk.ts';
import { fillWithStories } from './stories.ts';

const params = new URLSearchParams(location.search);
const show = params.get('show') ?? 'launcher';

// Pushed a moment later, as the real ones come over the network.
const backend = mockBackend((type, detail) => setTimeout(() => relay({ type, detail }), 30));
if (params.get('empty') === null) {
  fillWithStories(backend);
  fillDesk(backend);
}
// `&cart=silent`: the cart's backend does not answer.
if (params.get('cart') === 'silent') backend.desk.overview = { answered: false };
for (let n = 0; n < Number(params.get('many') ?? 0); n++) {
  backend.say('shopper', `Question ${n + 1}`, {
    conversationId: `c_many${n}`,
    at: new Date(Date.now() - n * 60_000).toISOString(),
  });
}

await setupWorker(...backend.handlers, http.get('*', passthrough)).start({ quiet: true });

// As the catalogue would: one is gone, one is sold out.
answer(CatalogDescribeProduct, ({ slug }) => {
  if (slug === 'gone') return { product: null };
  const [priceCents, priceToCents] = [320, 2400];
  const available = slug !== 'sold-out';
  return { product: { title: `“${slug}”`, priceCents, priceToCents, currency: 'EUR', available, picture: null } };
});

const log = document.querySelector('#log')!;
const heard = [
  'chat:message-received',
  'chat:unread-changed',
  'chat:receipt-changed',
  'chat:typing-changed',
  'chat:presence-changed',
  'chat:open',
] as const;
for (const type of heard) {
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
tool('A colleague takes the first one', () => backend.desk.act('c_driss', 'claimed', karim));
tool('Next post fails', () => backend.fail(1));
tool('chat:open about a product', () =>
  ask(window, new ChatOpen({ about: { kind: 'product', id: 'fes-zellige-star' } })),
);
const typing = (typing: boolean) => {
  const detail = { conversationId: 'c_own', who: 'staff', typing, untilMs: typing ? 6000 : 0 };
  relay({ type: 'chat:typing-changed', detail });
};
tool('The shop is typing', () => typing(true));
tool('The shop stops typing', () => typing(false));
tool('Delivered to the desk', () => backend.receive('staff', { delivered: backend.own()?.messages.length ?? 0 }));
tool('Read at the desk', () => backend.receive('staff', { read: backend.own()?.messages.length ?? 0 }));
tool('Somebody is there', () => backend.setPresence({ staffed: true }));
tool('Nobody is there', () => backend.setPresence({ staffed: false }));
tool('Closed until tomorrow', () => {
  const opensAt = new Date(new Date().setHours(33, 0, 0, 0)).toISOString();
  backend.setPresence({ staffed: false, opensAt });
});
tool('No answer to posts', () => backend.fail(1000, 0));
tool('Posts work', () => backend.fail(0));
tool('Next upload refused', () =>
  backend.refuseUpload(400, 'Only pictures (JPEG, PNG, WebP, GIF) and PDF documents can be sent.'),
);
tool('The shop sends a card', () =>
  backend.say('staff', 'This one?', { card: { kind: 'product', id: 'beldi-glass' } }),
);
tool('The shop sends one that is gone', () =>
  backend.say('staff', 'Or this?', { card: { kind: 'product', id: 'gone' } }),
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
