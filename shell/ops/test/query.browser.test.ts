import { expect } from '@open-wc/testing';
import '../src/events.ts';
import { all, button, focused, found, log, one, open, press, textOf, until, useShop } from './page.ts';

const path = '/ops/events?view=query';
const area = (page: Element) => one<HTMLTextAreaElement>(page, 'textarea');
const cells = (page: Element) => all(page, 'tbody tr').map((row) => [...row.children].map(textOf));
const body = () => JSON.parse(log.asked.at(-1) ?? '{}') as Record<string, unknown>;
const answer = {
  columns: [
    { name: 'type', type: 'text' },
    { name: 'events', type: 'integer' },
    { name: 'position', type: 'integer' },
  ],
  rows: [
    ['cart.order-placed.v1', 12, 7],
    ['chat.message-posted.v1', 3, 9],
    [null, 1, 11],
  ],
};

async function opened(hash = ''): Promise<HTMLElement> {
  const page = open(path + hash);
  await found(page, 'textarea');
  return page;
}

async function ask(page: Element, text: string): Promise<void> {
  const field = area(page);
  field.value = text;
  field.dispatchEvent(new Event('input'));
  button(page, 'Run').click();
  await until(() => all(page, '[role=alert], .answer td, .answer .empty').length > 0, 'an answer');
}

useShop();

describe('the query language', () => {
  it('runs what is written at Ctrl+Enter, and shows columns, rows and what they are true at', async () => {
    log.append({});
    log.answer = answer;
    const page = await opened();
    area(page).focus();
    press('Enter', { ctrlKey: true });
    await until(() => all(page, 'tbody tr').length === 3, 'the rows');
    expect(body()).to.have.property('sql').that.contains('GROUP BY type');
    expect(all(page, 'th').map(textOf)).to.deep.equal(['type text', 'events integer', 'position integer']);
    expect(cells(page)).to.deep.equal([
      ['cart.order-placed.v1', '12', '7'],
      ['chat.message-posted.v1', '3', '9'],
      ['null', '1', '11'],
    ]);
    expect(textOf(one(page, '.answer [role=status]'))).to.equal('3 rows in 1.5 ms, true at position 1');
    expect(all(page, 'tbody a')[0]?.getAttribute('href')).to.equal('/ops/events?event=7');
  });

  it('keeps the query in the fragment, which no server sees, and takes it from there', async () => {
    log.answer = answer;
    const page = await opened('#kql=events+%7C+count&asOf=5');
    expect(area(page).value).to.equal('events | count');
    button(page, 'Run').click();
    await until(() => all(page, 'tbody tr').length === 3, 'the rows');
    expect(body()).to.deep.equal({ kql: 'events | count', asOf: 5 });
    await ask(page, "events | where subject == 'x'");
    expect(location.search).to.equal('?view=query');
    expect(new URLSearchParams(location.hash.slice(1)).get('kql')).to.equal("events | where subject == 'x'");
  });

  it('marks the place that is wrong, leads there, and forgets it when the text changes', async () => {
    log.answer = { problem: { code: 'invalid-query', detail: 'what is this', place: { start: 9, length: 5 } } };
    const page = await opened();
    await ask(page, 'events\n| whree x == 1');
    expect(textOf(one(page, 'mark'))).to.equal('whree');
    expect(textOf(one(page, '.lines .wrong'))).to.equal('2');
    expect(area(page).ariaInvalid).to.equal('true');
    expect(textOf(one(page, '[role=alert]'))).to.contain('What is this.');
    button(page, 'Go to line 2, column 3').click();
    expect(focused()).to.equal(area(page));
    expect([area(page).selectionStart, area(page).selectionEnd]).to.deep.equal([9, 14]);
    area(page).setRangeText('where');
    area(page).dispatchEvent(new Event('input'));
    await until(() => all(page, 'mark, [role=alert]').length === 0, 'nothing is marked');
  });

  it('draws the answer as the query wishes, and otherwise at a wish, with the table beneath it', async () => {
    log.answer = { ...answer, render: 'barchart' };
    const page = await opened();
    await ask(page, 'events');
    const bars = await found(page, 'svg[role=img]');
    expect(bars.getAttribute('aria-label')).to.contain('3 bars');
    expect(all(page, 'rect.series-0')).to.have.length(3);
    expect(all(page, 'tbody tr')).to.have.length(3);
    button(page, 'Over time').click();
    await found(page, '.answer .notice');
    expect(textOf(one(page, '.answer .notice'))).to.equal('A time chart needs a column of times.');
    button(page, 'Table').click();
    await until(() => all(page, 'svg, .answer .notice').length === 0, 'no chart');
  });

  it('draws lines over time', async () => {
    const times = ['2026-03-01T08:00:00.000Z', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z'];
    log.answer = {
      columns: ['time', 'stream', 'n'].map((name) => ({ name, type: 'any' })),
      rows: times.flatMap((time, n) => [
        [time, 'cart', n],
        [time, 'chat', 2 * n],
      ]),
      render: 'timechart',
    };
    const page = await opened();
    await ask(page, 'events');
    await until(() => all(page, 'polyline').length === 2, 'a line for each stream');
    expect(all(page, '.legend li').map(textOf)).to.deep.equal(['cart', 'chat']);
  });

  it('keeps a live answer current, comes back when the stream ends, and stops', async () => {
    log.answer = answer;
    const page = await opened();
    await ask(page, 'SELECT 1 EMIT CHANGES');
    expect(textOf(one(page, '.live'))).to.equal('Live');
    log.answer = { ...answer, rows: [['cart.order-placed.v1', 13, 7]] };
    log.change();
    await until(() => cells(page)[0]?.[1] === '13', 'the new answer');
    log.cut();
    await until(() => log.open.size === 1, 'it has come back');
    button(page, 'Stop').click();
    await until(() => log.open.size === 0, 'nothing is open');
    expect(all(page, 'tbody tr')).to.have.length(1);
  });

  it('fills the editor from an example, and from what was asked before, and can forget that', async () => {
    log.answer = answer;
    const page = await opened();
    const [examples, history] = all<HTMLDetailsElement>(page, 'details');
    examples!.open = true;
    button(page, 'KQLTypes as bars').click();
    await until(() => area(page).value.includes('render barchart'), 'the example');
    expect(examples!.open).to.equal(false);
    expect(one<HTMLInputElement>(page, 'input[value=kql]').checked).to.equal(true);
    await ask(page, 'events | count');
    await ask(page, 'events | take 1');
    history!.open = true;
    const kept = () => [...history!.querySelectorAll('.pick')].map(textOf);
    expect(kept()).to.deep.equal(['KQL events | take 1', 'KQL events | count']);
    history!.querySelectorAll<HTMLElement>('.pick')[1]!.click();
    await until(() => area(page).value === 'events | count', 'the one from before');
    button(page, 'Forget all of them').click();
    await until(() => history!.querySelectorAll('.pick').length === 0, 'nothing is kept');
    expect(localStorage).to.have.length(0);
  });

  it('saves what is shown, as CSV and as JSON lines', async () => {
    log.answer = answer;
    const page = await opened();
    await ask(page, 'events');
    const saved: { name: string; blob: Blob }[] = [];
    const blobs = new Map<string, Blob>();
    const { createObjectURL } = URL;
    const { click } = HTMLAnchorElement.prototype;
    URL.createObjectURL = (blob: Blob) => (blobs.set(`blob:${blobs.size}`, blob), `blob:${blobs.size - 1}`);
    HTMLAnchorElement.prototype.click = function () {
      saved.push({ name: this.download, blob: blobs.get(this.href)! });
    };
    try {
      button(page, 'Save CSV').click();
      button(page, 'Save JSON lines').click();
    } finally {
      URL.createObjectURL = createObjectURL;
      HTMLAnchorElement.prototype.click = click;
    }
    expect(saved.map(({ name }) => name)).to.deep.equal(['events-at-0.csv', 'events-at-0.jsonl']);
    expect(await saved[0]!.blob.text()).to.contain('cart.order-placed.v1,12,7\r\n');
    expect(await saved[1]!.blob.text()).to.contain('{"type":null,"events":1,"position":11}\n');
  });

  it('draws a long answer page by page', async () => {
    const columns = [{ name: 'n', type: 'integer' }];
    log.answer = { columns, rows: Array.from({ length: 450 }, (_, n) => [n]), truncated: 'rows' };
    const page = await opened();
    await ask(page, 'events');
    expect(all(page, 'tbody tr')).to.have.length(200);
    expect(textOf(one(page, '.answer [role=status]'))).to.contain('450 rows (cut off');
    button(page, 'Show more').click();
    await until(() => all(page, 'tbody tr').length === 400, 'the next page');
  });

  it('says that there are no rows, and why there is no answer', async () => {
    log.answer = { ...answer, rows: [] };
    const page = await opened();
    await ask(page, 'events');
    expect(textOf(one(page, '.answer .empty'))).to.contain('No rows');
    log.mood = 'unreachable';
    button(page, 'Run').click();
    const notice = await found(page, '[role=alert]');
    expect(textOf(notice)).to.contain('The shop does not answer.');
    log.mood = 'well';
    notice.querySelector('button')!.click();
    await until(() => all(page, '.answer .empty').length === 1, 'the second time it answers');
  });
});
