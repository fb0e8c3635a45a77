import { expect } from '@open-wc/testing';
import { HttpResponse } from 'msw';
import { http } from 'msw/http';
import { allInside, backend, inside, load, press, show, texts, until, write } from './page.ts';

before(() => load('desk'));

const names = (host: Element) => allInside(host, '.inbox strong').map((name) => name.textContent);
const current = (host: Element) => inside(host, '[aria-current]')?.dataset['conversation'];

function ago(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

describe('The desk', () => {
  it('says that nobody waits when nobody does.', async () => {
    await backend();
    const host = show('chat-desk');
    await until(() => host.shadowRoot?.textContent?.includes('Nobody has written yet.'));
    await expect(host).to.be.accessible();
  });

  it('shows who waits, the longest first, then who has been answered.', async () => {
    const { say } = await backend();
    say('shopper', 'Late', { conversationId: 'c_late', at: ago(2) });
    say('shopper', 'Early', { conversationId: 'c_early', at: ago(40) });
    say('shopper', 'Done', { conversationId: 'c_done', at: ago(60) });
    say('staff', 'Indeed', { conversationId: 'c_done', at: ago(50) });
    const host = show('chat-desk');
    await until(() => names(host).length === 3);
    const ids = allInside(host, '[data-conversation]').map((entry) => entry.dataset['conversation']);
    expect(ids).to.deep.equal(['c_early', 'c_late', 'c_done']);
    expect(allInside(host, '.inbox .waits')[0]?.textContent).to.contain('40 min');
    allInside(host, '.filters button')[4]?.click();
    await until(() => host.shadowRoot?.textContent?.includes('None is closed.'));
    await expect(host).to.be.accessible();
  });

  it('goes up and down by keys, opens a conversation and marks it as read.', async () => {
    const { say, conversations } = await backend();
    say('shopper', 'One', { conversationId: 'c_1', at: ago(9) });
    say('shopper', 'Two', { conversationId: 'c_2', at: ago(5) });
    const host = show('chat-desk');
    await until(() => names(host).length === 2);
    press(document.body, 'j');
    await until(() => current(host) === 'c_1');
    press(document.body, 'j');
    await until(() => current(host) === 'c_2');
    await until(() => texts(host)[0] === 'Two');
    await until(() => host.shadowRoot?.activeElement?.getAttribute('data-conversation') === 'c_2');
    press(host.shadowRoot!.activeElement!, 'ArrowUp');
    await until(() => texts(host)[0] === 'One');
    await until(() => conversations.every(({ readByStaff }) => readByStaff === 1));
    await until(() => allInside(host, '.unread').length === 0);
    await expect(host).to.be.accessible();
    const box = inside(host, 'textarea')!;
    expect(press(box, 'k').defaultPrevented).to.equal(false);
  });

  it('counts as read what somebody goes on from before the server has said so.', async () => {
    const gate = Promise.withResolvers<void>();
    const asked: string[] = [];
    const { say } = await backend(
      // Answers nothing itself: the mocked backend does, later.
      http.post('/api/chat/conversations/:id/read', async ({ params }) => {
        asked.push(String(params['id']));
        if (params['id'] === 'c_1') await gate.promise;
      }),
    );
    say('shopper', 'One', { conversationId: 'c_1', at: ago(9) });
    say('shopper', 'Two', { conversationId: 'c_2', at: ago(5) });
    const host = show('chat-desk');
    await until(() => names(host).length === 2);
    press(document.body, 'j');
    await until(() => asked.includes('c_1'));
    press(document.body, 'j');
    await until(() => texts(host)[0] === 'Two');
    gate.resolve();
    await until(() => allInside(host, '.unread').length === 0);
  });

  it('answers, and the conversation stays on the screen as answered.', async () => {
    const { say, posts } = await backend();
    say('shopper', 'Is it wool?', { conversationId: 'c_1', at: ago(9) });
    const host = show('chat-desk');
    (await until(() => inside(host, '[data-conversation]'))).click();
    await until(() => texts(host).length === 1);
    await write(host, 'All of it.');
    await until(() => inside(host, '.standing .answered'));
    expect(texts(host)).to.deep.equal(['Is it wool?', 'All of it.']);
    expect(posts[0]).to.deep.include({ conversationId: 'c_1', text: 'All of it.' });
    await until(() => inside(host, '.waiting-total')?.textContent === 'Nobody waits');
    await until(() => inside(host, '.standing')?.textContent?.includes('with you'));
  });

  it('says of messages that have been erased that they were.', async () => {
    const { say } = await backend();
    say('shopper', '', { conversationId: 'c_1', at: ago(9), erased: true });
    const host = show('chat-desk');
    (await until(() => inside(host, '[data-conversation]'))).click();
    await until(() => texts(host)[0] === 'This message has been erased');
    await expect(host).to.be.accessible();
  });

  it('shows new questions by itself, and new messages of the one that is open.', async () => {
    const { say } = await backend();
    say('shopper', 'One', { conversationId: 'c_1', at: ago(9) });
    const host = show('chat-desk');
    (await until(() => inside(host, '[data-conversation]'))).click();
    await until(() => texts(host).length === 1);
    say('shopper', 'One more', { conversationId: 'c_1' });
    say('shopper', '<b>Hello</b>', { conversationId: 'c_2' });
    await until(() => texts(host).length === 2);
    await until(() => names(host).length === 2);
    expect(allInside(host, '.preview')[1]?.textContent).to.equal('<b>Hello</b>');
  });

  it('sends those away who are not staff, to the sign-in.', async () => {
    await backend(
      http.get('/api/chat/conversations', () => HttpResponse.json({ code: 'staff-only' }, { status: 403 })),
    );
    const host = show('chat-desk');
    const link = await until(() => inside<HTMLAnchorElement>(host, '.gate a'));
    expect(link.pathname).to.equal('/sign-in');
    await expect(host).to.be.accessible();
  });

  it('offers to try again when the inbox cannot be loaded.', async () => {
    let broken = true;
    const flaky = http.get('/api/chat/conversations', () => (broken ? HttpResponse.error() : undefined));
    const { say } = await backend(flaky);
    say('shopper', 'One', { conversationId: 'c_1' });
    const host = show('chat-desk');
    const again = await until(() => inside(host, '.entries .secondary'));
    broken = false;
    again.click();
    await until(() => names(host).length === 1);
  });
});
