import { expect } from '@open-wc/testing';
import '../src/events.ts';
import '../src/sagas.ts';
import { sagaIn } from '../playground/mock-sagas.ts';
import { all, button, focused, found, one, open, press, sagas, textOf, until, useShop } from './page.ts';

const rows = (page: Element) => all<HTMLAnchorElement>(page, '.saga');
const title = '#saga-title';

async function opened(path = '/ops/sagas'): Promise<HTMLElement> {
  const page = open(path);
  await until(
    () => rows(page).length > 0 || all(page, '.empty').some((each) => textOf(each).startsWith('No saga')),
    'the list',
  );
  return page;
}

useShop();

describe('the monitor of sagas', () => {
  it('lists sagas with their state, their step and why, and how many are in each state', async () => {
    const page = await opened();
    expect(rows(page)).to.have.length(5);
    expect(textOf(rows(page)[0]!))
      .to.contain('parked')
      .and.to.contain('capture-payment was refused');
    expect(all(page, '.filters a').map(textOf)).to.deep.equal([
      ...['all', 'parked 1', 'compensating 1', 'running 1', 'failed 1', 'completed 1'],
    ]);
  });

  it('has its filters in the address', async () => {
    const page = await opened();
    all(page, '.filters a')[1]!.click();
    await until(() => rows(page).length === 1, 'the parked one');
    expect(location.search).to.equal('?state=parked');
    const field = one<HTMLInputElement>(page, 'input[name=q]');
    field.value = 'nothing';
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await until(() => rows(page).length === 0, 'none');
    expect(location.search).to.equal('?state=parked&q=nothing');
  });

  it('shows one with its steps, their attempts, its way as a picture, and what happened', async () => {
    const page = await opened('/ops/sagas?saga=cart/o_parked-1');
    await until(() => textOf(one(page, title)) === 'checkout', 'the saga');
    expect(all(page, '.step h4').map(textOf)).to.deep.equal([
      ...['authorize-payment', 'reserve-stock', 'capture-payment', 'confirm-order'],
    ]);
    expect(all(page, '.step:first-child .bar')).to.have.length(2);
    expect(textOf(all(page, '.step:first-child details')[1]!)).to.contain('Undo, attempt 1: failed');
    expect(one(page, '.graph').getAttribute('aria-label')).to.contain('authorize-payment (can be undone)');
    const boxes = all(page, '.graph .box').map((box) => box.getAttribute('data-state'));
    expect(boxes.slice(0, 4), 'done, but not undone').to.deep.equal(['succeeded', 'parked', 'succeeded', 'waiting']);
    expect(textOf(one(page, 'ops-sagas, article'))).to.contain('Waits for an operator');
    const log = all<HTMLAnchorElement>(page, '.members a')[0]!;
    expect(log.getAttribute('href')).to.equal('/ops/events?correlation=r_o_parked-1');
  });

  it('shows what the backends logged of its trace, in the order of time, whoever of them remembers nothing', async () => {
    const page = await opened('/ops/sagas?saga=cart/o_parked-1');
    await until(() => all(page, '.log li').length === 2, 'the lines');
    const [first, second] = all(page, '.log summary').map(textOf);
    expect(first).to.contain('info').and.to.contain('cart: saga command handled');
    expect(second).to.contain('warn').and.to.contain('the payment provider gave no answer');
    expect(textOf(all(page, '.log .json')[0]!)).to.contain('durationMs');
  });

  it('asks for the reason, and for evidence of what was done by hand, and then shows what has come of it', async () => {
    const page = await opened('/ops/sagas?saga=cart/o_parked-1');
    await found(page, 'ops-act');
    button(page, 'Resolve').click();
    const dialog = await found<HTMLDialogElement>(page, 'dialog[open]');
    const [why, evidence] = [...dialog.querySelectorAll('textarea')];
    expect([why!.required, evidence!.required]).to.deep.equal([true, true]);
    why!.value = 'The bank called';
    evidence!.value = 'Ticket 17';
    dialog.querySelector('form')!.requestSubmit();
    await until(() => textOf(one(page, 'article > p .state')) === 'completed', 'it is repaired');
    expect(sagas.acts).to.deep.equal([{ act: 'resolve', why: 'The bank called', evidence: 'Ticket 17', revision: 7 }]);
    expect(all(page, 'ops-act')).to.have.length(0);
  });

  it('says that an act came too late, and shows what the saga has become', async () => {
    const page = await opened('/ops/sagas?saga=cart/o_parked-1');
    await found(page, 'ops-act');
    button(page, 'Retry').click();
    const dialog = await found<HTMLDialogElement>(page, 'dialog[open]');
    sagas.sagas[0] = { ...sagas.sagas[0]!, revision: 8, reason: 'parked once more' };
    dialog.querySelector('textarea')!.value = 'Again';
    dialog.querySelector('form')!.requestSubmit();
    const notice = await found(page, 'dialog [role=alert]');
    expect(textOf(notice)).to.equal('Somebody else was faster.');
    await until(() => textOf(one(page, 'article > .notice')) === 'parked once more', 'the saga as it is');
  });

  it('looks again when the staff is told that a saga has moved on', async () => {
    const page = await opened('/ops/sagas?saga=cart/o_running-1');
    await until(() => textOf(one(page, title)) === 'checkout', 'the saga');
    const moved = sagaIn('completed', 'o_running-1');
    sagas.sagas[2] = moved;
    sagas.push(moved);
    await until(() => textOf(one(page, 'article > p .state')) === 'completed', 'it has moved on');
    expect(textOf(all(page, '.filters a')[5]!)).to.equal('completed 2');
  });

  it('closes with Escape and gives the focus back to its line', async () => {
    const page = await opened('/ops/sagas?saga=cart/o_running-1');
    one(page, title).focus();
    press('Escape');
    await until(() => focused()?.getAttribute('href')?.includes('o_running-1'), 'on its line');
    expect(location.search).to.equal('');
  });

  it('says so when there is no such saga', async () => {
    const page = await opened('/ops/sagas?saga=cart/nowhere');
    const notice = await found(page, 'article [role=alert]');
    expect(textOf(notice)).to.contain('There is no such saga.');
  });

  it('is told of on the other pages of operations: how many are parked, as it comes by push', async () => {
    const page = open('/ops/events');
    await until(() => all(page, '.count').map(textOf).join() === '1 parked', 'the badge');
    const saga = sagaIn('parked', 'o_another-1');
    sagas.sagas.push(saga);
    sagas.push(saga);
    await until(() => all(page, '[role=status] .count').map(textOf).join() === '2 parked', 'the next one');
    sagas.sagas.splice(0, Infinity);
    sagas.push(saga);
    await until(() => all(page, '.count').length === 0, 'no badge');
  });
});
