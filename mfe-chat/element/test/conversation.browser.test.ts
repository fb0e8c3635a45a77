import { expect } from '@open-wc/testing';
import { ChatUnreadChanged, listen, relay } from '@souk/shared-events/browser';
import { allInside, backend, inside, load, press, show, texts, until, write } from './page.ts';

/** Texts that would do something if any part of the way took them for markup. */
const injections = [
  '<script>window.broken = 1</script>',
  '<img src=x onerror="window.broken = 1">',
  '<svg onload="window.broken = 1"><animate onbegin="window.broken = 1" attributeName="x" dur="1s"/></svg>',
  '"><iframe srcdoc="<script>parent.broken = 1</script>"></iframe>',
  'javascript:window.broken=1',
  '[click](javascript:window.broken=1) and <a href="javascript:window.broken=1">here</a>',
  '{{ constructor.constructor("window.broken = 1")() }}',
  '</textarea></template><style>*{display:none}</style>',
  '&lt;b&gt;not bold&lt;/b&gt; \u202e reversed',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=window.broken=1>',
];

before(() => load('conversation'));

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
    fail(1, 503);
    await write(host, 'Are you there?');
    const again = await until(() => allInside(host, '.failed button')[0]);
    expect(inside(host, '.outgoing')?.ariaLive, 'not read out on its way').to.equal('off');
    expect(inside(host, '.outgoing [role=alert]')?.textContent, 'but when it failed').to.contain('Not sent');
    await expect(host).to.be.accessible();
    again.click();
    await until(() => inside(host, '.message.sent'));
    expect(posts.map(({ clientMsgId }) => clientMsgId)).to.deep.equal([posts[0]!.clientMsgId, posts[0]!.clientMsgId]);
    expect(own()?.messages).to.have.length(1);
    expect(texts(host)).to.deep.equal(['Are you there?']);
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
    (await until(() => inside(host, '.older'))).click();
    await until(() => texts(host).length === 80);
    expect(texts(host)[0]).to.equal('Message 21');
    expect(log.scrollTop).to.be.greaterThan(0);
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

  it('shows every text as text.', async () => {
    const { say } = await backend();
    for (const text of injections) say('staff', text);
    const host = show('chat-conversation');
    await until(() => texts(host).length === injections.length);
    expect(texts(host)).to.deep.equal(injections);
    for (const text of injections) await write(host, text);
    await until(() => allInside(host, '.message.sent').length === 2 * injections.length);
    expect(texts(host)).to.deep.equal([...injections, ...injections]);
    expect(allInside(host, 'script, img, iframe, .text *, [onerror], [onload]')).to.have.length(0);
    expect((window as { broken?: number }).broken).to.equal(undefined);
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
