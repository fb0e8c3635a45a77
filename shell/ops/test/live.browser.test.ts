import { expect } from '@open-wc/testing';
import '../src/events.ts';
import { maxEvents } from '../src/live/tail-list.ts';
import { all, button, focused, found, log, one, open, press, textOf, until, useShop } from './page.ts';

const rows = (page: Element) => all<HTMLAnchorElement>(page, '.event');
const positions = (page: Element) => rows(page).map((row) => Number(row.dataset['position']));
const status = (page: Element) => textOf(one(page, '.status'));
const append = (count: number) => Array.from({ length: count }, () => log.append({}));

/** The page once it shows the end of the log. */
async function opened(path = '/ops/events'): Promise<HTMLElement> {
  const page = open(path);
  await until(() => all(page, '.dot[data-status=live]').length === 1, 'it is live');
  return page;
}

useShop();

describe('the live tail', () => {
  it('shows the last events, the newest first, and what comes on top of them', async () => {
    append(3);
    const page = await opened();
    expect(positions(page)).to.deep.equal([3, 2, 1]);
    expect(textOf(rows(page)[0]!))
      .to.contain('cart.item-quantity-set.v1')
      .and.to.contain('cart.cart.c1');
    append(2);
    await until(() => positions(page).length === 5, 'they have come');
    expect(positions(page)).to.deep.equal([5, 4, 3, 2, 1]);
    expect(status(page)).to.contain('Live').and.to.contain('5 shown');
  });

  it('says that nothing fits, until something does', async () => {
    const page = await opened('/ops/events?type=chat.message-posted.v1');
    expect(textOf(one(page, '.empty'))).to.contain('No event passes');
    log.append({});
    log.append({ type: 'chat.message-posted.v1' });
    await until(() => rows(page).length === 1, 'the one that fits');
    expect(all(page, '.empty')).to.have.length(0);
  });

  it('has its filters in the address, and asks the log for them', async () => {
    append(2);
    log.append({ stream: 'chat', subject: 'chat.conversation.c1' });
    const page = await opened();
    const subject = one<HTMLInputElement>(page, 'input[name=subject]');
    subject.value = ' chat.> ';
    subject.dispatchEvent(new Event('change', { bubbles: true }));
    await until(() => positions(page).join() === '3', 'only the one that fits');
    expect(location.search).to.equal('?subject=chat.%3E');
    expect(log.asked.at(-1)).to.contain('subject=chat.');
    button(page, 'Show all').click();
    await until(() => rows(page).length === 3, 'all of them');
    expect(location.search).to.equal('');
  });

  it('is held still by a switch, counts what comes, and then shows the present again', async () => {
    append(2);
    const page = await opened();
    button(page, 'Pause').click();
    append(3);
    await until(() => status(page).includes('3 more since'), 'they are counted');
    expect(positions(page)).to.deep.equal([2, 1]);
    button(page, 'Resume').click();
    await until(() => positions(page).join() === '5,4,3,2,1', 'the present');
  });

  it('goes back page by page to where the log begins', async () => {
    append(250);
    const page = await opened();
    expect(rows(page)).to.have.length(100);
    button(page, 'Older events').click();
    await until(() => rows(page).length === 200, 'the page before');
    button(page, 'Older events').click();
    await until(() => rows(page).length === 250, 'the first page');
    expect(textOf(one(page, '.after'))).to.equal('This is where the log begins.');
    expect(positions(page)).to.deep.equal(Array.from({ length: 250 }, (_, index) => 250 - index));
  });

  it('never holds more rows than it may, however many come', async () => {
    const page = await opened();
    append(maxEvents + 300);
    await until(() => positions(page)[0] === maxEvents + 300, 'the last one');
    expect(rows(page)).to.have.length(maxEvents);
  });

  it('comes back by itself where it was when the stream ends or breaks', async () => {
    append(2);
    const page = await opened();
    log.cut();
    await until(() => log.open.size === 1, 'it has come back');
    append(1);
    await until(() => positions(page).join() === '3,2,1', 'nothing lost, nothing twice');
    log.mood = 'failing';
    log.cut();
    await until(() => status(page).includes('The log is busy.'), 'it says why');
    append(1);
    log.mood = 'well';
    await until(() => positions(page).join() === '4,3,2,1', 'it has come back');
  });

  it('says who may see it, and offers the way in', async () => {
    log.mood = 'staff only';
    const page = open('/ops/events');
    const notice = await found(page, '[role=alert]');
    expect(textOf(notice)).to.contain('for the staff');
    expect(notice.querySelector('a')?.getAttribute('href')).to.equal('/sign-in?next=%2Fops%2Fevents');
  });
});

describe('an event that is opened', () => {
  const cause = { correlationid: 'r_1' };
  const tell = () => {
    log.append({ ...cause, id: 'e_first', type: 'cart.order-placed.v1', causationid: 'r_1' });
    log.append({ ...cause, id: 'e_second', type: 'catalog.stock-reserved.v1', causationid: 'e_first' });
    log.append({ ...cause, id: 'e_third', type: 'cart.order-confirmed.v1', causationid: 'e_second' });
    log.append({ id: 'e_other', data: { text: '<b>bold</b>', nested: { list: [1, 2] } } });
  };

  it('shows its members, its data as text, and the tree of what it belongs to', async () => {
    tell();
    const page = await opened('/ops/events?event=e_second');
    await until(() => textOf(one(page, '#title')) === 'catalog.stock-reserved.v1', 'it is there');
    expect(one(page, '.node[aria-current=true]').textContent).to.contain('catalog.stock-reserved.v1');
    const nested = one(page, '.tree > ul > li > ul > li > ul .node');
    expect(textOf(nested)).to.contain('cart.order-confirmed.v1');
    expect(textOf(one(page, '.members')))
      .to.contain('r_1')
      .and.to.contain('e_first');
    expect(rows(page).find((row) => row.ariaCurrent === 'true')?.dataset['id']).to.equal('e_second');
  });

  it('is found by position, too, and its text runs nothing', async () => {
    tell();
    const page = await opened('/ops/events?event=4');
    const json = await found(page, '.json');
    expect(JSON.parse(json.textContent)).to.deep.equal({ text: '<b>bold</b>', nested: { list: [1, 2] } });
    expect(json.querySelector('b')).to.equal(null);
  });

  it('says so when there is no such event, or it cannot be had', async () => {
    tell();
    const page = await opened('/ops/events?event=e_nowhere');
    await until(
      () => textOf(one(page, 'ops-event')).length >= 0 && all(page, '.panel .empty').length === 1,
      'it says so',
    );
    log.mood = 'failing';
    rows(page)[0]!.click();
    const notice = await found(page, '[role=alert]');
    log.mood = 'well';
    notice.querySelector('button')!.click();
    await until(() => textOf(one(page, '#title')) === 'cart.item-quantity-set.v1', 'the second time it is there');
  });

  it('opens with the focus on it, moves with the arrows, and Escape gives the focus back', async () => {
    tell();
    const page = await opened();
    rows(page)[0]!.focus();
    press('ArrowDown');
    expect(focused()).to.equal(rows(page)[1]);
    expect(rows(page).filter(({ tabIndex }) => tabIndex === 0)).to.have.length(1);
    rows(page)[1]!.click();
    await until(() => focused()?.id === 'title', 'the heading has the focus');
    expect(location.search).to.equal('?event=e_third');
    await until(() => textOf(one(page, '#title')) === 'cart.order-confirmed.v1', 'the event');

    press('Escape');
    await until(() => focused() === rows(page)[1], 'back on its row');
    expect(location.search).to.equal('');
    expect(all(page, 'ops-event')).to.have.length(0);

    rows(page)[1]!.click();
    await until(() => focused()?.id === 'title', 'the heading has the focus again');
    rows(page)[1]!.focus();
    press('End');
    await until(() => textOf(one(page, '#title')) === 'cart.order-placed.v1', 'the event goes along');
    expect(focused()).to.equal(rows(page)[3]);
    expect(location.search).to.equal('?event=e_first');
  });
});

it('mounting and unmounting fifty times leaves no stream open, and nothing that listens', async () => {
  const signals: (AbortSignal | undefined)[] = [];
  const { addEventListener } = window;
  window.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    signals.push((args[2] as AddEventListenerOptions | undefined)?.signal);
    addEventListener.apply(window, args);
  };
  try {
    for (let round = 0; round < 50; round += 1) {
      const page = open(round % 2 === 0 ? '/ops/events?event=1' : '/ops/events?view=query');
      await (page as HTMLElement & { updateComplete: Promise<unknown> }).updateComplete;
      page.remove();
    }
  } finally {
    window.addEventListener = addEventListener;
  }
  expect(signals.length).to.be.at.least(50);
  expect(signals.filter((signal) => signal?.aborted !== true)).to.have.length(0);
  await until(() => log.open.size === 0, 'no stream is open');
});
