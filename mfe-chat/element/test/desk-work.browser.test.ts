import { expect } from '@open-wc/testing';
import { HttpResponse } from 'msw';
import { http } from 'msw/http';
import { karim, me } from '../../playground/mock-desk.ts';
import { allInside, backend, inside, load, press, show, texts, until } from './page.ts';

before(() => load('desk'));
beforeEach(() => localStorage.clear());

const button = (host: Element, name: string) =>
  until(() => allInside(host, 'button').find(({ textContent }) => textContent?.trim() === name));
const box = (host: Element) => inside<HTMLTextAreaElement>(host, '.composer textarea');
const active = (host: Element) => host.shadowRoot?.activeElement;

/** A desk with one conversation, which is open. */
async function desk(...handlers: ReturnType<typeof http.get>[]) {
  const mocked = await backend(...handlers);
  mocked.say('shopper', 'Is it wool?', { conversationId: 'c_1', about: { kind: 'order', id: 'o_12345678' } });
  const host = show('chat-desk');
  (await until(() => inside(host, '[data-conversation]'))).click();
  await until(() => texts(host).length === 1);
  return { ...mocked, host };
}

describe('A conversation at the desk', () => {
  it('is taken, and shows who took it and when.', async () => {
    const { host } = await desk();
    (await button(host, 'Take it')).click();
    await until(() => inside(host, '.entry.is-claimed')?.textContent?.includes('You took this conversation'));
    expect(inside(host, '.standing')?.textContent).to.contain('with you');
    await expect(host).to.be.accessible();
  });

  it('says who was faster.', async () => {
    const { host, desk: side } = await desk();
    side.of('c_1').assignee = karim;
    (await button(host, 'Take it')).click();
    const refusal = await until(() => inside(host, '.refusal'));
    expect(refusal.textContent).to.contain('Karim has this conversation.');
    await until(() => inside(host, '.standing')?.textContent?.includes('with Karim'));
  });

  it('shows what a colleague does, by itself.', async () => {
    const { host, desk: side } = await desk();
    side.act('c_1', 'claimed', karim);
    await until(() => inside(host, '.entry.is-claimed')?.textContent?.includes('Karim took this conversation'));
    await until(() => inside(host, '.inbox .whose')?.textContent?.includes('Karim'));
    side.act('c_1', 'transferred', karim, { to: me, text: '<b>You</b> know wool' });
    await until(() => inside(host, '.is-transferred .entry-text')?.textContent === '<b>You</b> know wool');
  });

  it('is handed on with a word, from a dialog that gives the focus back.', async () => {
    const { host, desk: side } = await desk();
    const hand = await button(host, 'Hand on');
    hand.focus();
    hand.click();
    const dialog = await until(() => inside<HTMLDialogElement>(host, 'dialog[open]'));
    await expect(host).to.be.accessible();
    const [first] = dialog.querySelectorAll<HTMLInputElement>('input[type=radio]');
    first?.click();
    const why = dialog.querySelector('textarea')!;
    why.value = 'Please';
    why.dispatchEvent(new Event('input'));
    dialog.querySelector<HTMLElement>('[type=submit]')?.click();
    await until(() => side.of('c_1').assignee?.name === 'Karim');
    expect(side.of('c_1').entries.at(-1)?.text).to.equal('Please');
    await until(() => inside(host, 'dialog') === null);
    expect(active(host) === hand, 'the focus is back').to.equal(true);
  });

  it('is closed and opened again by a key, and by the shopper.', async () => {
    const { host, say } = await desk();
    (active(host) as HTMLElement).blur();
    press(document.body, 'e');
    await until(() => inside(host, '.standing .closed'));
    press(document.body, 'e');
    await until(() => inside(host, '.is-reopened'));
    press(document.body, 'e');
    await until(() => inside(host, '.standing .closed'));
    say('shopper', 'One more thing', { conversationId: 'c_1' });
    await until(() => inside(host, '.standing .closed') === null);
  });

  it('keeps notes for colleagues apart, and takes them for no message.', async () => {
    const { host, posts } = await desk();
    (await button(host, 'Private note')).click();
    const note = await until(() => inside<HTMLTextAreaElement>(host, '.note-composer textarea'));
    await until(() => active(host) === note);
    expect(getComputedStyle(inside(host, '.composer')!).display).to.equal('none');
    await expect(host).to.be.accessible();
    note.value = '<img src=x onerror=alert(1)> is kind';
    note.dispatchEvent(new Event('input'));
    press(note, 'Enter');
    const text = await until(() => inside(host, '.is-note .entry-text'));
    expect(text.textContent).to.equal('<img src=x onerror=alert(1)> is kind');
    expect(text.children).to.have.length(0);
    expect(posts).to.have.length(0);
    await until(() => active(host) === box(host));
  });
});

describe('A canned reply', () => {
  it('is found and put in by keys: the slash opens a combobox, the arrows choose, Enter takes.', async () => {
    const { host, desk: side, posts } = await desk();
    side.overview = {
      answered: true,
      name: 'Amina Haddad',
      cart: { lines: [], totalCents: 0, currency: 'EUR' },
      orders: [],
      more: 0,
    };
    inside<HTMLElement>(host, '.refresh')?.click();
    await until(() => inside(host, '#shopper-title')?.textContent === 'Amina Haddad');
    const area = box(host)!;
    expect(press(area, '/').defaultPrevented).to.equal(true);
    const field = await until(() => inside<HTMLInputElement>(host, '[role=combobox]'));
    await until(() => active(host) === field);
    await expect(host).to.be.accessible();
    const chosen = () => {
      const id = field.getAttribute('aria-activedescendant');
      return inside(host, `[role=option]#${id}[aria-selected=true] strong`)?.textContent;
    };
    expect(chosen()).to.equal('/hello');
    press(field, 'ArrowUp');
    await until(() => chosen() === '/where');
    press(field, 'ArrowDown');
    await until(() => chosen() === '/hello');
    field.value = 'whe';
    field.dispatchEvent(new Event('input'));
    await until(() => chosen() === '/where');
    press(field, 'Enter');
    await until(() => area.value === 'I have looked up order o_12345678: you can follow it on its page.');
    expect(active(host) === area).to.equal(true);
    expect(posts).to.have.length(0);
  });

  it('is left by Escape, and a second slash is a slash.', async () => {
    const { host } = await desk();
    const area = box(host)!;
    press(area, '/');
    press(await until(() => inside(host, '[role=combobox]')), 'Escape');
    await until(() => inside(host, '[role=combobox]') === null);
    expect(area.value).to.equal('');
    press(area, '/');
    press(await until(() => inside(host, '[role=combobox]')), '/');
    await until(() => area.value === '/');
    area.setSelectionRange(1, 1);
    expect(press(area, '/').defaultPrevented, 'in the middle of a word').to.equal(false);
  });

  it('is not sent with a gap in it.', async () => {
    const { host, posts } = await desk();
    const area = box(host)!;
    press(area, '/');
    press(await until(() => inside(host, '[role=combobox]')), 'Enter');
    await until(() => area.value.startsWith('Hello {name},'));
    expect(area.value.slice(area.selectionStart, area.selectionEnd)).to.equal('{name}');
    press(area, 'Enter');
    await until(() => inside(host, '.hint-gap')?.textContent?.includes('{name} is still to be filled in'));
    expect(posts).to.have.length(0);
    area.setRangeText('Amina');
    area.dispatchEvent(new Event('input'));
    press(area, 'Enter');
    await until(() => posts.length === 1);
    expect(posts[0]?.text).to.match(/^Hello Amina,/);
  });

  it('is added, changed and removed in a dialog, which says when a shortcut is taken.', async () => {
    const { host, desk: side } = await desk();
    (await button(host, 'Canned replies')).click();
    await until(() => inside(host, '.reply-list'));
    await expect(host).to.be.accessible();
    (await button(host, 'Add a reply')).click();
    const shortcut = await until(() => inside<HTMLInputElement>(host, '#shortcut'));
    const text = inside<HTMLTextAreaElement>(host, '#reply-text')!;
    for (const [field, value] of [
      [shortcut, 'hello'],
      [text, 'To Norway we ship.'],
    ] as const) {
      field.value = value;
      field.dispatchEvent(new Event('input'));
    }
    (await button(host, 'Save')).click();
    await until(() => inside(host, '.form-problem')?.textContent?.includes('/hello'));
    shortcut.value = 'norway';
    shortcut.dispatchEvent(new Event('input'));
    (await button(host, 'Save')).click();
    await until(() => inside(host, '.reply-list')?.textContent?.includes('To Norway we ship.'));
    inside(host, '[aria-label="Remove /norway"]')?.click();
    await until(() => !side.replies.some((reply) => reply.shortcut === 'norway'));
  });
});

describe('Beside the conversation', () => {
  it('are the shopper’s cart and orders, the one it is about opened.', async () => {
    const { host, desk: side } = await desk();
    const order = { waitsFor: 'nothing', placedAt: '2026-11-20T09:12:00.000Z', totalCents: 1, currency: 'EUR' };
    const lines = [{ slug: 'x', title: '<b>Rug</b>', variant: '', quantity: 1 }];
    side.overview = {
      answered: true,
      name: '<script>alert(1)</script>',
      cart: { lines: [{ ...lines[0]!, lineTotalCents: 4200 }], totalCents: 4700, currency: 'EUR' },
      orders: [
        { ...order, orderId: 'o_other', status: 'payment-declined', lines, timeline: [] },
        { ...order, orderId: 'o_12345678', status: 'placed', delayed: 'person', lines, timeline: [] },
      ],
      more: 3,
    };
    inside<HTMLElement>(host, '.refresh')?.click();
    await until(() => allInside(host, '.order').length === 2);
    expect(allInside(host, '.order[open]').map(({ dataset }) => dataset['order'])).to.deep.equal(['o_12345678']);
    expect(inside(host, '.beside')?.textContent).to.contain('Needs a look by us').and.to.contain('€42.00');
    expect(allInside(host, '.beside script, .beside b')).to.have.length(0);
    expect(inside(host, '#shopper-title')?.textContent).to.equal('<script>alert(1)</script>');
    await expect(host).to.be.accessible();
    const link = inside<HTMLAnchorElement>(host, '.message a[href="/orders/o_12345678"]')!;
    const click = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true });
    link.dispatchEvent(click);
    expect(click.defaultPrevented, 'the page of an order is its shopper’s alone').to.equal(true);
  });

  it('is said when they do not answer, and asked again on demand.', async () => {
    const { host, desk: side } = await desk();
    await until(() => inside(host, '.silent')?.textContent?.includes('do not answer'));
    await expect(host).to.be.accessible();
    side.overview = {
      answered: true,
      name: null,
      cart: { lines: [], totalCents: 0, currency: 'EUR' },
      orders: [],
      more: 0,
    };
    inside<HTMLElement>(host, '.silent button')?.click();
    await until(() => inside(host, '.beside')?.textContent?.includes('The cart is empty.'));
  });
});

describe('The inbox of the desk', () => {
  it('goes past a hundred, pile by pile, and is searched.', async () => {
    const { say, desk: side } = await backend();
    for (let n = 0; n < 130; n++) {
      const at = new Date(Date.now() - (200 - n) * 60_000).toISOString();
      say('shopper', `Question ${n}`, { conversationId: `c_${n}`, at, about: { kind: 'product', id: `tile-${n}` } });
    }
    side.act('c_7', 'claimed', me);
    const host = show('chat-desk');
    const count = () => allInside(host, '[data-conversation]').length;
    await until(() => count() === 50);
    (await button(host, 'More conversations')).click();
    await until(() => count() === 100);
    (await button(host, 'More conversations')).click();
    await until(() => count() === 130);
    expect(allInside(host, '.filters .count').map(({ textContent }) => textContent)).to.deep.equal([
      '130',
      '130',
      '129',
      '1',
      '0',
    ]);
    allInside(host, '.filters button')[3]?.click();
    await until(() => count() === 1);
    allInside(host, '.filters button')[0]?.click();
    const search = inside<HTMLInputElement>(host, '#search')!;
    search.value = 'tile-12';
    search.dispatchEvent(new Event('input'));
    await until(() => count() === 11);
    search.value = 'nowhere';
    search.dispatchEvent(new Event('input'));
    await until(() => inside(host, '.nothing')?.textContent?.includes('Nothing found.'));
    await expect(host).to.be.accessible();
  });

  it('has keys with a list of them, which can be turned off, and which do nothing while one types.', async () => {
    const { host, desk: side } = await desk();
    const area = box(host)!;
    for (const key of ['j', 'c', 'e', 'n', '?']) expect(press(area, key).defaultPrevented, key).to.equal(false);
    area.blur();
    press(document.body, '?');
    const dialog = await until(() => inside(host, 'dialog[open]'));
    await expect(host).to.be.accessible();
    press(dialog, 'c');
    dialog.querySelector<HTMLElement>('[type=checkbox]')?.click();
    dialog.querySelector<HTMLElement>('.dismiss')?.click();
    await until(() => inside(host, 'dialog') === null);
    expect(press(document.body, 'c').defaultPrevented).to.equal(false);
    expect(side.of('c_1').assignee).to.equal(null);
    press(document.body, 'ArrowDown');
    localStorage.clear();
  });

  it('says so when a command does not reach the shop.', async () => {
    const { host } = await desk(http.post('/api/chat/conversations/:id/close', () => HttpResponse.error()));
    (await button(host, 'Close')).click();
    await until(() => inside(host, '.refusal')?.textContent?.includes('did not reach the shop'));
  });
});
