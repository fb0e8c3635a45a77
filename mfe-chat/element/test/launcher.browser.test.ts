import { expect } from '@open-wc/testing';
import { ChatOpen, ShellLocaleChanged, ask, emit, english, relay } from '@souk/shared-events/browser';
import { HttpResponse } from 'msw';
import { http } from 'msw/http';
import { allInside, answerInstead, backend, inside, load, press, show, until, write } from './page.ts';

before(() => load('launcher'));

const button = (host: Element) => inside<HTMLButtonElement>(host, '.launch')!;

describe('The launcher', () => {
  // First, because a module that has loaded once is there for good.
  it('says so when the conversation cannot be loaded, and a retry really fetches again.', async () => {
    const asked: string[] = [];
    const broken = http.get('*/conversation-*.js', ({ request }) => {
      asked.push(new URL(request.url).pathname);
      return asked.length > 1 ? undefined : new HttpResponse('gone', { status: 404 });
    });
    await backend(broken);
    const host = show('chat-launcher');
    expect(asked).to.deep.equal([]);
    button(host).click();
    const again = await until(() => inside(host, '.body[data-state=failed] .again'));
    expect(again.textContent).to.equal('Try again');
    await expect(host).to.be.accessible();
    again.click();
    await until(() => inside(host, 'chat-conversation')?.shadowRoot?.querySelector('textarea'));
    expect(asked).to.have.length(2);
    expect(asked[1]).to.match(/^\/assets\/retry-1\/chat\/conversation-/);
  });

  it('shows how much is unread, from the start and as it changes.', async () => {
    const { say } = await backend();
    say('shopper', 'Hello');
    say('staff', 'Welcome');
    const host = show('chat-launcher');
    await until(() => button(host).innerText.includes('1'));
    await expect(host).to.be.accessible();
    relay({ type: 'chat:unread-changed', detail: { unread: 120 } });
    expect(inside(host, '.badge')?.textContent).to.equal('99+ unread');
    relay({ type: 'chat:unread-changed', detail: { unread: 0 } });
    expect(inside(host, '.badge')?.hidden).to.equal(true);
  });

  it('takes what is pushed for newer than the answer to what it asked before.', async () => {
    await backend();
    performance.clearResourceTimings();
    let release: (() => void) | undefined;
    const waits = new Promise<void>((resolve) => (release = resolve));
    let asked = false;
    answerInstead(
      http.get('/api/chat/conversation', async () => {
        asked = true;
        await waits;
        return HttpResponse.json({ conversation: null });
      }),
    );
    const host = show('chat-launcher');
    await until(() => asked);
    relay({ type: 'chat:unread-changed', detail: { unread: 2 } });
    release?.();
    await until(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/chat/conversation')));
    expect(inside(host, '.badge')?.textContent).to.equal('2 unread');
  });

  it('speaks another language at once, the open conversation too, and the first one again.', async () => {
    await backend();
    const host = show('chat-launcher');
    button(host).click();
    const conversation = await until(() => inside(host, 'chat-conversation'));
    const question = () => inside(conversation, '.starters button')?.textContent;
    const said = () => [inside(host, '.label')?.textContent, inside(host, 'h2')?.textContent, question()];
    await until(question);
    const before = said();
    emit(window, new ShellLocaleChanged({ ...english, locale: 'ar', dir: 'rtl' }));
    await until(() => question() === 'أي بلاط يناسب جدار المطبخ؟');
    expect(said().slice(0, 2)).to.deep.equal(['اسأل المتجر', 'اسأل المتجر']);
    expect(inside<HTMLTextAreaElement>(conversation, 'textarea')?.placeholder).to.equal('اكتب إلى المتجر');
    emit(window, new ShellLocaleChanged(english));
    await until(() => question() === before[2]);
    expect(said()).to.deep.equal(before);
  });

  it('shows in the title of the page how much is unread, whoever sets the title.', async () => {
    await backend();
    document.title = 'Beldi glass';
    show('chat-launcher');
    relay({ type: 'chat:unread-changed', detail: { unread: 2 } });
    await until(() => document.title === '(2) Beldi glass');
    document.title = 'Cart';
    await until(() => document.title === '(2) Cart');
    relay({ type: 'chat:unread-changed', detail: { unread: 0 } });
    await until(() => document.title === 'Cart');
  });

  it('sends what an earlier page could not, before anybody opens the conversation.', async () => {
    const { posts, fail } = await backend();
    const loaded = show('chat-launcher');
    button(loaded).click();
    const conversation = await until(() => inside(loaded, 'chat-conversation'));
    await until(() => inside(conversation, '.starters button'));
    fail(1000, 0);
    await write(conversation, 'Later');
    await until(() => posts.length > 0 && localStorage.getItem('souk-chat-unsent'));
    loaded.remove();
    fail(0);
    posts.length = 0;
    const host = show('chat-launcher');
    await until(() => posts.length === 1 && localStorage.getItem('souk-chat-unsent') === null);
    expect(posts[0]?.text).to.equal('Later');
    expect(inside(host, 'chat-conversation')).to.equal(null);
  });

  it('opens with the focus in the message box, and closes with Esc, the focus back where it was.', async () => {
    await backend();
    const host = show('chat-launcher');
    button(host).focus();
    button(host).click();
    const conversation = await until(() => inside(host, 'chat-conversation'));
    await until(() => conversation.shadowRoot?.activeElement?.tagName === 'TEXTAREA');
    expect(inside<HTMLDialogElement>(host, 'dialog')?.open).to.equal(true);
    await expect(host).to.be.accessible();
    press(conversation.shadowRoot!.activeElement!, 'Escape');
    expect(inside<HTMLDialogElement>(host, 'dialog')?.open).to.equal(false);
    expect(host.shadowRoot?.activeElement).to.equal(button(host));
  });

  it('answers chat:open, about what it was asked.', async () => {
    await backend();
    const host = show('chat-launcher');
    const reply = await ask(window, new ChatOpen({ about: { kind: 'order', id: 'o_1' } }));
    expect(reply).to.deep.equal({ opened: true });
    const conversation = inside(host, 'chat-conversation')!;
    await until(() => allInside(conversation, '.subject a')[0]?.textContent === 'Order o_1');
    await ask(window, new ChatOpen({ about: { kind: 'product', id: 'fes-tile' } }));
    await until(() => allInside(conversation, '.subject a')[0]?.textContent === 'Fes tile');
  });

  it('stands in the text where a page has a button of its own, and is away from the desk.', async () => {
    await backend();
    const host = show('chat-launcher');
    const position = () => getComputedStyle(button(host)).position;
    relay({ type: 'shell:navigated', detail: { path: '/checkout' } });
    expect(position()).to.equal('relative');
    relay({ type: 'shell:navigated', detail: { path: '/p/fes-tile' } });
    expect(position()).to.equal('fixed');
    relay({ type: 'shell:navigated', detail: { path: '/desk?x=1' } });
    expect(host.hidden).to.equal(true);
  });
});
