import { expect } from '@open-wc/testing';
import { CatalogDescribeProduct, answer } from '@souk/shared-events/browser';
import type { MockBackend } from '../../playground/mock-backend.ts';
import { karim, me } from '../../playground/mock-desk.ts';
import { alive, hostileTexts, isNoPage } from './hostile-texts.ts';
import { allInside, backend, inside, load, press, show, texts, until } from './page.ts';

let catalogue = new AbortController();

before(() => load('desk'));
beforeEach(() => {
  localStorage.clear();
  catalogue = new AbortController();
});
afterEach(() => catalogue.abort());

/** The texts of all elements that fit, as they are in the document. */
const shown = (host: Element, selector: string) => allInside(host, selector).map(({ textContent }) => textContent);

/** Nothing of it lives, and nothing of it is wider than the desk. */
function expectHarmless(host: HTMLElement): void {
  expect(allInside(host, alive)).to.have.length(0);
  expect((allInside(host, 'a') as HTMLAnchorElement[]).filter(isNoPage)).to.have.length(0);
  const strange = (allInside(host, 'img') as HTMLImageElement[]).filter(({ src }) => !src.startsWith(location.origin));
  expect(strange).to.have.length(0);
  expect((window as { broken?: number }).broken).to.equal(undefined);
  expect(document.documentElement.scrollWidth, 'as wide as the window').to.be.at.most(innerWidth);
  const { right } = host.getBoundingClientRect();
  const tooWide = allInside(host, '*').filter(
    (each) => isInSight(each) && each.getBoundingClientRect().right > right + 1,
  );
  expect(tooWide.map(({ className, textContent }) => [className, textContent.slice(0, 40)])).to.deep.equal([]);
}

/** Unlike what is there for screen readers alone. */
function isInSight(element: Element): boolean {
  return element.checkVisibility() && !element.closest('.hidden, svg');
}

async function open({ say }: MockBackend, first: string, more: object = {}): Promise<HTMLElement> {
  say('shopper', first, { conversationId: 'c_1', ...more });
  const host = show('chat-desk');
  (await until(() => inside(host, '[data-conversation="c_1"]'))).click();
  await until(() => texts(host).length > 0);
  return host;
}

describe('Whatever somebody brings to the desk is text', () => {
  it('in messages of both sides, in the inbox, and in the names of colleagues.', async () => {
    const mocked = await backend();
    for (const [index, text] of hostileTexts.entries())
      mocked.say('shopper', text, { conversationId: `c_of_${index}` });
    const host = await open(mocked, 'Hello');
    for (const text of hostileTexts) {
      mocked.say('shopper', text, { conversationId: 'c_1' });
      mocked.say('staff', text, { conversationId: 'c_1', by: { staffId: `st_${text.length}`, name: text } });
    }
    const both = hostileTexts.flatMap((text) => [text, text]);
    await until(() => texts(host).length === both.length + 1);
    expect(texts(host)).to.deep.equal(['Hello', ...both]);
    expect(shown(host, '.message.staff .who').map((name) => name?.trim())).to.deep.equal(
      hostileTexts.map((text) => text.trim()),
    );
    const previews = shown(host, '.inbox .preview');
    for (const text of hostileTexts) expect(previews).to.include(text);
    expectHarmless(host);
  });

  it('in notes, in what is said at a hand-over, and in who did it.', async () => {
    const mocked = await backend();
    const host = await open(mocked, 'Hello');
    for (const name of hostileTexts) {
      const by = { ...karim, name };
      mocked.desk.act('c_1', 'note', by, { text: name });
      mocked.desk.act('c_1', 'transferred', by, { to: { staffId: 'st_other', name }, text: name });
    }
    const both = hostileTexts.flatMap((text) => [text, text]);
    await until(() => allInside(host, '.entry-text').length === both.length);
    expect(shown(host, '.entry-text')).to.deep.equal(both);
    const notes = shown(host, '.entry.is-note .entry-what');
    for (const [index, name] of hostileTexts.entries())
      expect(notes[index]?.toLowerCase()).to.contain(name.toLowerCase());
    expectHarmless(host);
  });

  it('in canned replies, from the list into the box, on its way, and as it is sent.', async () => {
    const mocked = await backend();
    const { replies } = mocked.desk;
    replies.splice(0);
    for (const [index, text] of hostileTexts.entries()) {
      replies.push({ replyId: `r_h${index}`, shortcut: `h${String(index).padStart(2, '0')}`, text });
    }
    const host = await open(mocked, 'Hello');
    const area = inside<HTMLTextAreaElement>(host, '.composer textarea')!;
    press(area, '/');
    const field = await until(() => inside<HTMLInputElement>(host, '[role=combobox]'));
    const options = () => shown(host, '[role=option] [dir=auto]');
    await until(() => options().length === hostileTexts.length);
    expect(options()).to.deep.equal(hostileTexts);
    expectHarmless(host);
    press(field, 'Enter');
    await until(() => area.value === hostileTexts[0]);
    press(area, 'Enter');
    await until(() => mocked.posts.length === 1);
    expect(mocked.posts[0]?.text).to.equal(hostileTexts[0]);
    await until(() => texts(host).includes(hostileTexts[0]!));
    expectHarmless(host);
  });

  it('in the names of files and pictures.', async () => {
    const mocked = await backend();
    const host = await open(mocked, 'Hello');
    for (const [index, name] of hostileTexts.entries()) {
      const file = { attachmentId: `a_${index}`, name, size: 1200, type: 'application/pdf' } as const;
      const picture = { ...file, attachmentId: `p_${index}`, type: 'image/png', width: 8, height: 8 } as const;
      mocked.say('shopper', '', { conversationId: 'c_1', attachments: [file, picture] });
    }
    // The pictures are nowhere: each becomes a file to be saved.
    const both = hostileTexts.flatMap((text) => [text, text]);
    await until(() => allInside(host, '.file-name').length === both.length);
    expect(shown(host, '.file-name')).to.deep.equal(both);
    expectHarmless(host);
  });

  it('in what the cart and the catalogue tell, and in what a question is about.', async () => {
    const mocked = await backend();
    answer(
      CatalogDescribeProduct,
      ({ slug }) => {
        const title = hostileTexts[Number(slug.slice(2))] ?? slug;
        const prices = { priceCents: 320, priceToCents: 320, currency: 'EUR' } as const;
        return { product: { title, ...prices, available: true, picture: null } };
      },
      catalogue,
    );
    const lines = hostileTexts.map((title, index) => ({ slug: `x${index}`, title, variant: title, quantity: 1 }));
    const order = { waitsFor: 'nothing', placedAt: '2026-11-20T09:12:00.000Z', totalCents: 1, currency: 'EUR' };
    mocked.desk.overview = {
      answered: true,
      name: hostileTexts[17]!,
      cart: { lines: lines.map((line) => ({ ...line, lineTotalCents: 1 })), totalCents: 1, currency: 'EUR' },
      orders: [{ ...order, orderId: 'o_1', status: '<b>placed</b>', lines, timeline: [] }],
      more: 0,
    };
    const id = '"><svg\u202eonload=window.broken=1>';
    const host = await open(mocked, 'Hello', { about: { kind: 'product', id } });
    for (const index of hostileTexts.keys()) {
      mocked.say('staff', '', { conversationId: 'c_1', by: me, card: { kind: 'product', id: `x-${index}` } });
    }
    await until(
      () => shown(host, '.card-name').filter((name) => hostileTexts.includes(name ?? '')).length === lines.length,
    );
    await until(() => allInside(host, '.beside .lines li').length === 2 * lines.length);
    expect(shown(host, '.beside section:first-of-type .variant')).to.deep.equal(hostileTexts);
    expect(inside<HTMLAnchorElement>(host, 'a.about')?.pathname).to.equal(`/p/${encodeURIComponent(id)}`);
    expectHarmless(host);
  });
});
