import { relay } from '@souk/shared-events/browser';
import { passthrough } from 'msw';
import { setupWorker } from 'msw/browser';
import { http } from 'msw/http';
import { mockBackend } from './mock-backend.ts';

// Pushed a moment later, as the real ones come over the network.
const backend = mockBackend((type, detail) => setTimeout(() => relay({ type, detail }), 30));
await setupWorker(...backend.handlers, http.get('*', passthrough)).start({ quiet: true });

const log = document.querySelector('#log')!;
window.addEventListener('sample:changed', ({ type, detail }) => {
  const line = document.createElement('li');
  line.textContent = `${type} ${JSON.stringify(detail)}`;
  log.prepend(line);
});

function tool(name: string, action: () => void): void {
  const button = document.createElement('button');
  button.textContent = name;
  button.addEventListener('click', action);
  document.querySelector('#tools')!.append(button);
}

tool('Added elsewhere', () => backend.add(3));
tool('Next request fails', () => backend.fail(1));
tool('cart:changed', () => relay({ type: 'cart:changed', detail: { count: 2, totalCents: 1800, currency: 'EUR' } }));
tool('shell:push-reset', () => relay({ type: 'shell:push-reset', detail: {} }));

await import('../element/src/main.ts');
