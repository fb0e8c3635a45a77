import { expect } from '@open-wc/testing';
import { emit, ShellPushReset } from '@souk/shared-events/browser';
import '../src/pages.ts';
import '../src/search.ts';
import { backend, go, open, useShop } from './shop.ts';

const places = [
  ['catalog-home', '/'],
  ['catalog-list', '/c/zellige'],
  ['catalog-product', '/p/fassi-lantern'],
  ['catalog-search', '/search?q=lantern'],
] as const;

describe('mounting and unmounting fifty times', () => {
  useShop();

  for (const [tag, path] of places) {
    it(`leaves nothing of ${tag} that listens, and nothing on its way`, async () => {
      const signals: (AbortSignal | undefined)[] = [];
      const { addEventListener } = window;
      window.addEventListener = (...args: Parameters<typeof addEventListener>) => {
        signals.push((args[2] as AddEventListenerOptions | undefined)?.signal);
        addEventListener.apply(window, args);
      };
      try {
        for (let round = 0; round < 50; round += 1) {
          const element = open(tag, path);
          await element.updateComplete;
          element.remove();
        }
      } finally {
        window.addEventListener = addEventListener;
      }
      expect(signals.length).to.be.at.least(50);
      expect(signals.filter((signal) => signal?.aborted !== true)).to.have.length(0);
      const asked = backend.asked.length;
      emit(window, new ShellPushReset({}));
      go(path === '/' ? '/' : `${path.split('?')[0]}?again`);
      expect(backend.asked).to.have.length(asked);
    });
  }
});
