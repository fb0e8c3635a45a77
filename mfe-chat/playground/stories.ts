import type { MockBackend } from './mock-backend.ts';

/** Conversations to look at: short and long, answered and waiting. */
export function fillWithStories(backend: MockBackend): void {
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const day = 24 * 60;

  backend.say('shopper', 'Hello! Is the star tile glazed by hand?', {
    at: ago(day + 40),
    about: { kind: 'product', id: 'fes-zellige-star' },
  });
  backend.say('shop', 'Thank you. Nobody is at the desk this minute; your question is kept and we answer here.', {
    at: ago(day + 40),
  });
  backend.say('staff', 'It is. Each tile is cut and glazed by hand in Fes, so no two are quite the same colour.', {
    at: ago(day + 22),
  });
  backend.say('staff', 'If you tell us how many square metres you need, we pick a lot that goes well together.', {
    at: ago(day + 21),
  });
  backend.say('shopper', 'Lovely. About 3 m² for the wall behind the stove.', { at: ago(95) });
  backend.say('shopper', 'And does the turquoise stand the heat?', { at: ago(94) });
  backend.say('staff', 'Yes, it is fired at 900 °C. Wipe it with water and mild soap, nothing else.', { at: ago(80) });

  const others: readonly [string, string, number][] = [
    ['c_badr', 'My lantern came without its chain. What should I do?', 52],
    ['c_chadia', 'Do you ship to Norway, and what would it cost for two kilims?', 17],
    ['c_driss', 'Is the Beni Ourain rug made of wool only?', 6],
    ['c_elif', 'Thank you, it arrived today and it is beautiful!', 1],
  ];
  for (const [conversationId, text, minutes] of others) {
    backend.say('shopper', text, {
      conversationId,
      at: ago(minutes),
      about: conversationId === 'c_badr' ? { kind: 'order', id: 'o_01h7x8yq' } : null,
    });
  }
}
