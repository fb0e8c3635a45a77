import { expect } from '@open-wc/testing';
import {
  CatalogDescribeProduct,
  ChatUnreadChanged,
  answer,
  listen,
  relay,
  type CatalogDescribeProductReply,
} from '@souk/shared-events/browser';
import { HttpResponse } from 'msw';
import { http } from 'msw/http';
import { alive, hostileTexts } from './hostile-texts.ts';
import { allInside, answerInstead, backend, inside, load, press, show, texts, until, write } from './page.ts';

/** Ends what stands in for the catalogue with each test. */
let catalogue = new AbortController();

before(() => load('conversation'));
beforeEach(() => {
  catalogue = new AbortController();
});
afterEach(() => catalogue.abort());

/** A picture of 64 × 48. */
async function picture(name: string): Promise<File> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
  canvas.getContext('2d')!.fillRect(0, 0, 64, 48);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  return new File([blob!], name, { type: 'image/png' });
}

describe('The conversation', () => {
  it('welcomes who comes for the first time and helps with a question to begin with.', async () => {
    await backend();
    const host = show('chat-conversation', { 'about-kind': 'product', 'about-id': 'fes-tile' });
    const starters = await until(() => allInside(host, '.starters button'));
    expect(starters).to.have.length(3);
    await expect(host).to.be.accessible();
    starters[0]?.click();
    const box = inside<HTMLTextAreaElement>(host, 'textarea');
    await until(() => host.shadowRoot?.activeElement === box);
    expect(box?.value).to.equal('Is this in stock right now?');
  });

  it('shows what was said, day by day, and is accessible.', async () => {
    const { say } = await backend();
    say('shopper', 'Is it glazed?', { at: '2026-01-05T10:00:00Z', about: { kind: 'product', id: 'fes-tile' } });
    say('shop', 'Thank you.', { at: '2026-01-05T10:00:01Z' });
    say('staff', 'Twice.', { at: new Date().toISOString() });
    const host = show('chat-conversation');
    await until(() => texts(host).length === 3);
    expect(texts(host)).to.deep.equal(['Is it glazed?', 'Thank you.', 'Twice.']);
    expect(allInside(host, '.date').map((date) => date.textContent?.trim())[1]).to.equal('Today');
    expect(inside<HTMLAnchorElement>(host, 'a.about')?.pathname).to.equal('/p/fes-tile');
    await until(() => inside(host, '[role=log]')?.getAttribute('aria-busy') === 'false');
    await expect(host).to.be.accessible();
  });

  it('shows a message at once and says so when it has arrived.', async () => {
    const { posts } = await backend();
    const host = show('chat-conversation', { 'about-kind': 'product', 'about-id': 'fes-tile' });
    await until(() => allInside(host, '.starters button'));
    await write(host, '  Hello there ');
    await until(() => inside(host, '.message.sending'));
    await until(() => inside(host, '.message.sent .meta')?.textContent?.includes('Sent'));
    expect(texts(host)).to.deep.equal(['Hello there']);
    expect(posts[0]).to.deep.include({ text: 'Hello there', about: { kind: 'product', id: 'fes-tile' } });
    await write(host, 'And another');
    await until(() => posts.length === 2);
    expect(posts[1]?.about).to.equal(null);
  });

  it('begins a new line with Shift+Enter and leaves an input method alone.', async () => {
    const { posts } = await backend();
    const host = show('chat-conversation');
    const box = await until(() => inside<HTMLTextAreaElement>(host, 'textarea'));
    box.value = 'One';
    box.dispatchEvent(new Event('input'));
    expect(press(box, 'Enter', { shiftKey: true }).defaultPrevented).to.equal(false);
    expect(press(box, 'Enter', { isComposing: true }).defaultPrevented).to.equal(false);
    expect(posts).to.have.length(0);
    expect(press(box, 'Enter').defaultPrevented).to.equal(true);
    await until(() => posts.length === 1);
  });

  it('keeps a message that was not sent, and sends it again under the same id.', async () => {
    const { posts, fail, own } = await backend();
    const host = show('chat-conversation');
    await until(() => allInside(host, '.starters button'));
    fail(1000, 503);
    await write(host, 'Are you there?');
    const again = await until(() => allInside(host, '.failed button')[0]);
    expect(inside(host, '.outgoing')?.ariaLive, 'not read out on its way').to.equal('off');
    expect(inside(host, '.outgoing [role=alert]')?.textContent, 'but when it failed').to.contain('Not sent');
    await expect(host).to.be.accessible();
    fail(0);
    again.click();
    await until(() => inside(host, '.message.sent'));
    expect(new Set(posts.map(({ clientMsgId }) => clientMsgId)).size).to.equal(1);
    expect(own()?.messages).to.have.length(1);
    expect(texts(host)).to.deep.equal(['Are you there?']);
  });

  it('sends what was written before a reload, in order and once, however often and in however many tabs it is open.', async () => {
    const { posts, fail, own } = await backend();
    const first = show('chat-conversation');
    await until(() => allInside(first, '.starters button'));
    fail(1000, 0);
    await write(first, 'One');
    await write(first, 'Two');
    await write(first, 'Three');
    await until(() => posts.length > 0 && texts(first).length === 3);
    first.remove();
    fail(0);
    const second = show('chat-conversation');
    const third = document.createElement('chat-conversation');
    document.body.append(third);
    await until(
      () => allInside(second, '.message.sent').length === 3 && allInside(third, '.message.sent').length === 3,
    );
    expect(own()?.messages.map(({ text }) => text)).to.deep.equal(['One', 'Two', 'Three']);
    expect(texts(second)).to.deep.equal(['One', 'Two', 'Three']);
    await until(() => localStorage.getItem('souk-chat-unsent') === null);
  });

  it('sends nothing, and keeps nothing, of who was at this browser before.', async () => {
    const { posts, fail } = await backend();
    const first = show('chat-conversation');
    await until(() => allInside(first, '.starters button'));
    fail(1000, 0);
    await write(first, 'Of somebody else');
    await until(() => posts.length > 0);
    first.remove();
    fail(0);
    posts.length = 0;
    localStorage.setItem('souk-chat-draft:c_own', '{"text":"Half a secret","files":[]}');
    const nextAnswer = { conversation: null, ownId: 'c_next' };
    answerInstead(http.get('/api/chat/conversation', () => HttpResponse.json(nextAnswer)));
    const second = show('chat-conversation');
    await until(() => allInside(second, '.starters button'));
    expect(localStorage.getItem('souk-chat-draft:c_own')).to.equal(null);
    expect(inside<HTMLTextAreaElement>(second, 'textarea')?.value).to.equal('');
    await write(second, 'Mine');
    await until(() => posts.length === 1);
    expect(posts[0]?.text).to.equal('Mine');
    expect(texts(second)).to.deep.equal(['Mine']);
  });

  it('passes over what the server refuses for good, and lets nothing else overtake.', async () => {
    const { fail, own } = await backend();
    const host = show('chat-conversation');
    await until(() => allInside(host, '.starters button'));
    fail(1, 400);
    await write(host, 'Refused');
    await write(host, 'Taken');
    await until(() => inside(host, '.message.sent'));
    expect(own()?.messages.map(({ text }) => text)).to.deep.equal(['Taken']);
    const refused = inside(host, '.message.failed')!;
    expect(refused.textContent).to.contain('Refused').and.not.to.contain('Try again');
    refused.querySelector<HTMLElement>('button')!.click();
    await until(() => !inside(host, '.message.failed'));
  });

  it('says when it is offline, keeps what is written, and sends it by itself when it is back.', async () => {
    const { fail, own } = await backend();
    const host = show('chat-conversation');
    await until(() => allInside(host, '.starters button'));
    const online = Object.getOwnPropertyDescriptor(Navigator.prototype, 'onLine')!;
    const set = (value: boolean) => {
      Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => value });
      window.dispatchEvent(new Event(value ? 'online' : 'offline'));
    };
    try {
      fail(1000, 0);
      set(false);
      await write(host, 'From the tunnel');
      await until(() => inside(host, '.message.waiting')?.textContent?.includes('Waiting for a connection'));
      expect(inside(host, '.presence')?.textContent).to.contain('You are offline');
      await expect(host).to.be.accessible();
      fail(0);
      set(true);
      await until(() => inside(host, '.message.sent'));
      expect(own()?.messages).to.have.length(1);
    } finally {
      Object.defineProperty(navigator, 'onLine', online);
      Reflect.deleteProperty(navigator, 'onLine');
    }
  });

  it('tells how far a message has come: sent, delivered, read, and never back.', async () => {
    const { say, receive } = await backend();
    say('shopper', 'Hello');
    const host = show('chat-conversation');
    const state = () => inside(host, '.message .progress')?.textContent?.replace(/[^a-z]/gi, '');
    await until(() => state() === 'Sent');
    receive('staff', { delivered: 1 });
    await until(() => state() === 'Delivered');
    receive('staff', { read: 1 });
    await until(() => state() === 'Read');
    receive('staff', { delivered: 1 });
    receive('shopper', { read: 1 });
    await new Promise((resolve) => setTimeout(resolve));
    expect(state()).to.equal('Read');
  });

  it('keeps a draft over a reload, and forgets it when it is sent.', async () => {
    await backend();
    const box = (host: Element) => until(() => inside<HTMLTextAreaElement>(host, 'textarea'));
    const first = show('chat-conversation');
    await until(() => allInside(first, '.starters button'));
    (await box(first)).value = 'Half a thought';
    (await box(first)).dispatchEvent(new Event('input'));
    await new Promise((resolve) => setTimeout(resolve));
    first.remove();
    const second = show('chat-conversation');
    await until(() => inside<HTMLTextAreaElement>(second, 'textarea')?.value === 'Half a thought');
    press(await box(second), 'Enter');
    await until(() => inside(second, '.message.sent'));
    const third = show('chat-conversation');
    await until(() => texts(third).length === 1);
    expect((await box(third)).value).to.equal('');
  });

  it('shows that the other side is writing until they stop, say it, or nothing more is heard.', async () => {
    const { say } = await backend();
    say('shopper', 'Hello');
    const host = show('chat-conversation');
    await until(() => texts(host).length === 1);
    const sign = (typing: boolean, untilMs: number, who = 'staff', conversationId = 'c_own') =>
      relay({ type: 'chat:typing-changed', detail: { conversationId, who, typing, untilMs } });
    const shown = () => inside(host, '.typing');
    sign(true, 6000, 'shopper');
    sign(true, 6000, 'staff', 'c_other');
    await new Promise((resolve) => setTimeout(resolve));
    expect(shown()).to.equal(null);
    sign(true, 60_000);
    await until(shown);
    await expect(host).to.be.accessible();
    sign(false, 0);
    await until(() => !shown());
    sign(true, 60_000);
    await until(shown);
    say('staff', 'Welcome');
    await until(() => !shown());
    sign(true, 30);
    await until(shown);
    await until(() => !shown());
  });

  it('tells the other side that one is writing, now and then, and always that it is over.', async () => {
    const { typing, say } = await backend();
    say('shopper', 'Hello');
    const host = show('chat-conversation');
    await until(() => texts(host).length === 1);
    const box = inside<HTMLTextAreaElement>(host, 'textarea')!;
    const type = async (text: string) => {
      box.value = text;
      box.dispatchEvent(new Event('input'));
      await new Promise((resolve) => setTimeout(resolve));
    };
    const heard = (...expected: boolean[]) =>
      until(() => JSON.stringify(typing.map((one) => one.typing)) === JSON.stringify(expected));
    await type('a');
    await type('ab');
    await heard(true);
    box.dispatchEvent(new FocusEvent('blur'));
    await heard(true, false);
    await type('abc');
    await type('');
    await heard(true, false, true, false);
    await type('Done');
    press(box, 'Enter');
    await heard(true, false, true, false, true, false);
    await type('x');
    host.remove();
    await heard(true, false, true, false, true, false, true, false);
  });

  it('says whether somebody is there, and when the shop opens.', async () => {
    const { setPresence } = await backend();
    const host = show('chat-conversation');
    const says = (text: string) => until(() => inside(host, '.presence')?.textContent?.includes(text));
    await says('Somebody is at the desk');
    setPresence({ staffed: false });
    await says('Nobody is at the desk this minute');
    setPresence({ staffed: false, opensAt: new Date(Date.now() + 86_400_000).toISOString() });
    await says('We are back tomorrow at');
  });

  it('takes what is pushed, once and in order, whatever came before.', async () => {
    const { say, own } = await backend();
    say('shopper', 'Hello');
    const host = show('chat-conversation');
    await until(() => texts(host).length === 1);
    say('staff', 'One');
    say('staff', 'Two');
    say('staff', 'Three');
    const { messageId, seq, from } = own()!.messages[1]!;
    relay({ type: 'chat:message-received', detail: { conversationId: 'c_own', messageId, seq, from } });
    relay({ type: 'shell:push-reset', detail: {} });
    await until(() => texts(host).length === 4);
    expect(texts(host)).to.deep.equal(['Hello', 'One', 'Two', 'Three']);
  });

  it('finds what it has missed when the push begins anew.', async () => {
    const { say, own } = await backend();
    say('shopper', 'Hello');
    const host = show('chat-conversation');
    await until(() => texts(host).length === 1);
    own()!.messages.push({
      ...own()!.messages[0]!,
      seq: 2,
      messageId: 'm_x',
      clientMsgId: 'x',
      from: 'staff',
      text: 'Missed',
    });
    relay({ type: 'shell:push-reset', detail: {} });
    await until(() => texts(host).includes('Missed'));
  });

  it('loads earlier messages above the ones that are there.', async () => {
    const { say } = await backend();
    for (let n = 1; n <= 100; n++) say(n % 3 ? 'shopper' : 'staff', `Message ${n}`);
    const host = show('chat-conversation');
    await until(() => texts(host).length === 40);
    const log = inside(host, '[role=log]')!;
    await until(() => log.scrollTop > 0);
    const first = () => allInside(host, '.message').find((one) => one.textContent?.includes('Message 61'))!;
    log.scrollTop = 60;
    const before = first().getBoundingClientRect().top;
    (await until(() => inside(host, '.older'))).click();
    await until(() => texts(host).length === 80);
    expect(texts(host)[0]).to.equal('Message 21');
    await until(() => Math.abs(first().getBoundingClientRect().top - before) < 1, 'what is read stays where it is');
  });

  it('marks as read what is on the screen and says how much is left.', async () => {
    const { say, own } = await backend();
    say('shopper', 'Hello');
    say('staff', 'Welcome');
    const unread: number[] = [];
    const ended = new AbortController();
    listen(ChatUnreadChanged, (detail) => unread.push(detail.unread), { signal: ended.signal });
    show('chat-conversation');
    // The one of the test before may still tell what was read in it: that outlives the element.
    await until(() => own()?.readByShopper === 2);
    await until(() => unread.at(-1) === 0);
    ended.abort();
  });

  it('shows every text as text, and follows only addresses of pages.', async () => {
    const { say } = await backend();
    for (const text of hostileTexts) say('staff', text);
    const host = show('chat-conversation');
    await until(() => texts(host).length === hostileTexts.length);
    expect(texts(host)).to.deep.equal(hostileTexts);
    for (const text of hostileTexts) await write(host, text);
    await until(() => allInside(host, '.message.sent').length === 2 * hostileTexts.length);
    expect(texts(host)).to.deep.equal([...hostileTexts, ...hostileTexts]);
    expect(allInside(host, `img, .text :not(a), ${alive}`)).to.have.length(0);
    for (const link of allInside(host, '.text a') as HTMLAnchorElement[]) {
      expect(link.protocol).to.match(/^https?:$/);
      expect(link.rel).to.equal('noopener noreferrer nofollow ugc');
    }
    expect((window as { broken?: number }).broken).to.equal(undefined);
  });

  it('shows what the catalogue says of a product on its card, as it changes, and its name alone until then.', async () => {
    const { say } = await backend();
    const answers: ((reply: CatalogDescribeProductReply) => void)[] = [];
    answer(CatalogDescribeProduct, () => new Promise((resolve) => answers.push(resolve)), catalogue);
    say('staff', 'This one?', { card: { kind: 'product', id: 'souk-lamp' } });
    const host = show('chat-conversation');
    const card = await until(() => inside<HTMLAnchorElement>(host, 'a.card'));
    const [width, height] = [card.offsetWidth, card.offsetHeight];
    expect(card.innerText).to.contain('Souk lamp').and.to.contain('Product');
    expect(card.pathname).to.equal('/p/souk-lamp');
    const picture = { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=', width: 360, height: 360 };
    const prices = { priceCents: 320, priceToCents: 2400, currency: 'EUR' } as const;
    (await until(() => answers[0]))({ product: { title: '<b>Lamp</b>', ...prices, available: true, picture } });
    await until(() => card.innerText.includes('from €3.20'));
    expect(card.innerText).to.contain('<b>Lamp</b>');
    expect(card.querySelector('img')?.width).to.equal(56);
    expect([card.offsetWidth, card.offsetHeight], 'nothing moves').to.deep.equal([width, height]);
    await expect(host).to.be.accessible();

    const relayed = (variants: object[]) =>
      relay({ type: 'catalog:product-changed', detail: { products: [{ slug: 'souk-lamp', variants }], more: false } });
    relayed([{ sku: 'L-1', priceCents: 500, available: 0 }]);
    await until(() => card.innerText.includes('€5.00 · Sold out'));
    relayed([]);
    await until(() => card.innerText.includes('Not in the shop'));
    expect(card.hasAttribute('href'), 'leads nowhere').to.equal(false);
    await expect(host).to.be.accessible();
    relayed([{ sku: 'L-1', priceCents: 500, available: 1 }]);
    (await until(() => answers[1]))({ product: { title: 'Lamp', ...prices, available: true, picture: null } });
    await until(() => card.innerText.includes('from €3.20') && card.hasAttribute('href'));
  });

  it('says that a product is not in the shop, and keeps to its name when the catalogue does not answer.', async () => {
    const { say } = await backend();
    let asked = 0;
    const refused = Object.assign(new Error('away'), { code: 'away' });
    const reply = ({ slug }: { slug: string }) => {
      asked++;
      if (slug === 'never-was') return { product: null };
      throw refused;
    };
    answer(CatalogDescribeProduct, reply, catalogue);
    for (const id of ['never-was', 'who-knows', 'who-knows']) say('staff', '', { card: { kind: 'product', id } });
    const host = show('chat-conversation');
    const cards = () => allInside(host, 'a.card') as HTMLAnchorElement[];
    await until(() => cards().length === 3 && cards()[0]?.innerText.includes('Not in the shop'));
    await until(() => cards()[2]?.innerText.includes('Who knows'));
    expect(cards().map((card) => card.hasAttribute('href'))).to.deep.equal([false, true, true]);
    expect(asked, 'two cards of one product ask once').to.equal(2);
  });

  it('shows products and orders of this shop as cards, with or without words.', async () => {
    const { say, posts } = await backend();
    say('staff', `Look at ${location.origin}/p/fes-tile and https://elsewhere.example/p/x.`);
    say('staff', '', { card: { kind: 'order', id: 'o_1' } });
    const host = show('chat-conversation');
    const cards = () => allInside(host, 'a.card') as HTMLAnchorElement[];
    await until(() => cards().length === 2);
    expect(cards().map(({ pathname }) => pathname)).to.deep.equal(['/p/fes-tile', '/orders/o_1']);
    await write(host, `${location.origin}/p/beldi-glass`);
    await until(() => cards().length === 3 && posts.length === 1);
    expect(posts[0]).to.deep.include({ text: '', card: { kind: 'product', id: 'beldi-glass' } });
    await until(() => inside(host, '[role=log]')?.getAttribute('aria-busy') === 'false');
    await expect(host).to.be.accessible();
  });

  it('sends pictures and documents that were chosen, pasted or dropped, and keeps room for a picture before it loads.', async () => {
    const { posts } = await backend();
    const host = show('chat-conversation');
    await until(() => allInside(host, '.starters button'));
    const box = inside<HTMLTextAreaElement>(host, 'textarea')!;
    const pdf = new File(['%PDF-1.7 …'], '<img src=x onerror=window.broken=1>.pdf');
    const pasted = new DataTransfer();
    pasted.items.add(await picture('wall.png'));
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: pasted, cancelable: true }));
    const dropped = new DataTransfer();
    dropped.items.add(pdf);
    inside(host, '.thread')!.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, cancelable: true }));
    await until(() => allInside(host, '.chip.ready').length === 2);
    await Promise.all(host.shadowRoot!.getAnimations().map(({ finished }) => finished));
    await expect(host).to.be.accessible();
    press(box, 'Enter');
    const img = await until(() => inside<HTMLImageElement>(host, '.message.sent img'));
    expect(posts[0]?.attachments).to.have.length(2);
    expect([img.getAttribute('width'), img.getAttribute('height'), img.alt]).to.deep.equal(['64', '48', 'wall.png']);
    const saved = inside<HTMLAnchorElement>(host, 'a.file')!;
    expect(saved.textContent).to.contain('<img src=x onerror=window.broken=1>.pdf');
    expect(saved.download).to.equal('<img src=x onerror=window.broken=1>.pdf');
    expect((window as { broken?: number }).broken).to.equal(undefined);
    await until(() => img.complete && img.naturalWidth === 64);
    await expect(host).to.be.accessible();
  });

  it('says why a file is not taken, takes it out again, and waits with the message until all are there.', async () => {
    const { posts, refuseUpload } = await backend();
    const host = show('chat-conversation');
    await until(() => allInside(host, '.starters button'));
    refuseUpload(400, 'Only pictures and PDF documents can be sent.');
    const input = inside<HTMLInputElement>(host, 'input[type=file]')!;
    const chosen = new DataTransfer();
    chosen.items.add(new File(['<svg/>'], 'logo.svg'));
    input.files = chosen.files;
    input.dispatchEvent(new Event('change'));
    const alert = await until(() => inside(host, '.chip [role=alert]'));
    expect(alert.textContent).to.contain('Only pictures');
    await write(host, 'With a logo');
    expect(posts).to.have.length(0);
    inside(host, '.chip [aria-label="Remove logo.svg"]')!.click();
    await until(() => allInside(host, '.chip').length === 0);
    press(inside(host, 'textarea')!, 'Enter');
    await until(() => posts.length === 1);
  });

  it('hears nothing any more once it is gone.', async () => {
    const { say } = await backend();
    say('shopper', 'Hello');
    const asked: string[] = [];
    const real = window.fetch;
    window.fetch = (...all) => (asked.push(String(all[0])), real(...all));
    try {
      for (let times = 0; times < 20; times++) show('chat-conversation').remove();
      const host = show('chat-conversation');
      await until(() => texts(host).length === 1);
      host.remove();
      await new Promise((resolve) => setTimeout(resolve));
      asked.length = 0;
      say('staff', 'Anybody?');
      relay({ type: 'shell:push-reset', detail: {} });
      expect(asked).to.deep.equal([]);
    } finally {
      window.fetch = real;
    }
  });
});
