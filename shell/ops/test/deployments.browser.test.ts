import { expect } from '@open-wc/testing';
import { relay } from '@souk/shared-events/browser';
import '../src/deployments.ts';
import { all, button, deployments, found, one, open, textOf, until, useShop } from './page.ts';

const cards = (page: Element) => all(page, '.mfe');

async function opened(): Promise<HTMLElement> {
  const page = open('/ops/deployments');
  await until(() => cards(page).length === 3, 'the micro frontends');
  return page;
}
const named = (page: Element, label: string) =>
  all<HTMLButtonElement>(page, 'button').find((each) => each.getAttribute('aria-label') === label)!;

useShop();

describe('the page of deployments', () => {
  it('shows the canary beside the stable version, with what pages tell of both', async () => {
    const page = await opened();
    const cart = textOf(cards(page)[0]!);
    expect(cart).to.contain('Stable 90 %0.1.0-1a2b3c4d').and.to.contain('Canary 10 %0.2.0-9f8e7d6c');
    expect(cart).to.contain('Failed 3 (0.3 %)6 (5.8 %)').and.to.contain('84 ms92 ms');
    expect(textOf(cards(page)[2]!)).to.contain('No page has told anything in the last hour.');
    await expect(page).to.be.accessible();
  });

  it('promotes after it has asked, and shows what is live then', async () => {
    const page = await opened();
    named(page, 'Promote cart').click();
    const dialog = await found<HTMLDialogElement>(page, 'dialog[open]');
    expect(textOf(dialog)).to.contain('Every session gets 0.2.0-9f8e7d6c');
    dialog.querySelector('form')!.requestSubmit();
    await until(() => !textOf(cards(page)[0]!).includes('Canary'), 'no canary');
    expect(deployments.acts).to.deep.equal([
      ['/registry/mfe/cart/promote', { version: '0.2.0-9f8e7d6c', reason: 'promoted from the page of deployments' }],
    ]);
  });

  it('rolls back with a reason, to where that leads', async () => {
    const page = await opened();
    named(page, 'Roll back catalog').click();
    const dialog = await found<HTMLDialogElement>(page, 'dialog[open]');
    expect(textOf(dialog)).to.contain('gets 0.0.9-0a0b0c0d again');
    const why = dialog.querySelector('input')!;
    expect(why.required).to.equal(true);
    why.value = 'It is slow';
    dialog.querySelector('form')!.requestSubmit();
    await until(() => deployments.acts.length === 1, 'it is done');
    expect(deployments.acts).to.deep.equal([
      ['/registry/mfe/catalog/rollback', { reason: 'It is slow', to: '0.0.9-0a0b0c0d' }],
    ]);
  });

  it('says what was live together, from the id of an error report, and when it knows no such id', async () => {
    const page = await opened();
    const ask = (at: string) => {
      const input = one<HTMLInputElement>(page, 'input[name=at]');
      input.value = at;
      input.form!.requestSubmit();
    };
    ask(' a1b2c3d4e5f6 ');
    expect(textOf(await found(page, '.set'))).to.match(/a1b2c3d4e5f6\s*cart\s*0.1.0\s*chat\s*0.3.0/);
    expect(all<HTMLTimeElement>(page, '[role=status] time').map((each) => each.dateTime)).to.deep.equal([
      ...['2026-11-20T09:00:00.000Z', '2026-11-21T10:30:00.000Z'],
    ]);
    await expect(page).to.be.accessible();
    ask('000000000000');
    expect(textOf(await found(page, '[role=alert]'))).to.contain('No versions that were live together');
    expect(all(page, '.set')).to.deep.equal([]);
  });

  it('says why an act is refused', async () => {
    const page = await opened();
    deployments.refusal = 'chat 0.1.0 hears cart:changed, and needs count';
    named(page, 'Promote cart').click();
    (await found<HTMLDialogElement>(page, 'dialog[open]')).querySelector('form')!.requestSubmit();
    const notice = await found(page, 'dialog [role=alert]');
    expect(textOf(notice)).to.contain('needs count');
  });

  it('lists what has happened, with numbers where the shop did it itself, each leading to its event', async () => {
    const page = await opened();
    const lines = all<HTMLAnchorElement>(page, '.happened');
    expect(lines.map((line) => line.getAttribute('href'))).to.deep.equal([
      ...['/ops/events?event=9', '/ops/events?event=8', '/ops/events?event=7'],
    ]);
    expect(textOf(lines[2]!)).to.contain('automatic').and.to.contain('8 of 8 sessions');
  });

  it('looks again when something else goes live, and says what the shop did by itself', async () => {
    const page = await opened();
    deployments.mfes = deployments.mfes.slice(0, 1);
    deployments.push('chat');
    await until(() => cards(page).length === 1, 'what is live now');
    const detail = { kind: 'rolled-back', name: 'cart', version: '0.2.0', reason: 'errors in 9 of 12 sessions' };
    relay({ type: 'shell:deployment-alarm', detail });
    expect(textOf(await found(page, '.alarm'))).to.contain('errors in 9 of 12');
    button(page, 'Seen').click();
    await until(() => all(page, '.alarm').length === 0, 'it is seen');
  });

  it('draws who sends what to whom; a type is chosen by the keyboard, and the table says the same', async () => {
    const page = await opened();
    const types = all<SVGGElement & HTMLElement>(page, '.type');
    expect(types.map((type) => type.getAttribute('aria-label'))).to.deep.equal([
      'cart:add-item: asked by catalog, answered by cart',
      'cart:changed: sent by cart, heard by chat',
      'catalog:product-viewed: sent by catalog, heard by nobody',
    ]);
    types[1]!.focus();
    types[1]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    await until(() => all(page, '.type[aria-pressed=true]').length === 1, 'it is chosen');
    expect(textOf(one(page, 'tbody tr[aria-current=true]'))).to.equal('cart:changed cart chat');
  });
});
