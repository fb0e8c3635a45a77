import { aTimeout, expect, nextFrame } from '@open-wc/testing';
import { createModules } from '../src/modules.ts';
import { behaving, createStage, nextFailure, stateOf, type Stage } from './fixtures/page.ts';

describe('a wall', () => {
  let stage: Stage;
  beforeEach(() => (stage = createStage()));
  afterEach(() => stage.end());

  it('shows the element with its attributes once the module is there', async () => {
    const { frontend, tag } = behaving('works');
    const wall = stage.wall({ frontend, tag, attributes: { product: 'blue bowl' } });
    wall.start();
    await stateOf(wall, 'up');
    expect(wall.box.querySelector(tag)).to.have.text('up');
    expect(wall.box.querySelector(tag)).to.have.attribute('product', 'blue bowl');
    expect(wall.box.dataset).to.include({ mfe: 'cart', version: '0.1.0-test' });
  });

  for (const [behaviour, phase] of [
    ['missing', 'load'],
    ['syntax', 'load'],
    ['throws', 'load'],
    ['undefining', 'mount'],
    ['constructing', 'mount'],
    ['connecting', 'mount'],
    ['rendering', 'mount'],
  ] as const) {
    it(`shows its fallback and tells the page when the module is ${behaviour}`, async () => {
      const { frontend, tag } = behaving(behaviour);
      const wall = stage.wall({ frontend, tag, slot: 'header-end' });
      const failure = nextFailure();
      wall.start();
      expect(await failure).to.include({ name: 'cart', phase, slot: 'header-end' });
      await stateOf(wall, 'failed');
      expect(wall.box.querySelector('button')).to.have.attribute('aria-label', 'Try again: cart');
      expect(wall.box.querySelector(tag)).to.equal(null);
      await expect(wall.box).to.be.accessible();
    });
  }

  it('hurts no other wall when its element fails', async () => {
    const [good, bad] = [behaving('works', 'essential', 'chat'), behaving('connecting')];
    const [up, down] = [stage.wall(good), stage.wall(bad)];
    down.start();
    up.start();
    await Promise.all([stateOf(down, 'failed'), stateOf(up, 'up')]);
    expect(up.box.textContent).to.equal('up');
  });

  it('fetches again on retry, and comes up', async () => {
    const { frontend, tag } = behaving('recovers');
    const wall = stage.wall({ frontend, tag });
    wall.start();
    await stateOf(wall, 'failed');
    wall.box.querySelector('button')!.click();
    await stateOf(wall, 'up');
    expect(wall.box.textContent).to.equal('up');
  });

  it('offers to reload the page when two retries were in vain', async () => {
    const { frontend, tag } = behaving('missing');
    const wall = stage.wall({ frontend, tag });
    wall.start();
    for (const label of ['Try again', 'Try again', 'Reload the page']) {
      await stateOf(wall, 'failed');
      const button = wall.box.querySelector('button')!;
      expect(button).to.have.text(label);
      if (label === 'Try again') button.click();
    }
  });

  it('shows its fallback when the module hangs, and the element when it arrives late', async () => {
    const { frontend, tag } = behaving('works');
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const modules = createModules({ resolve: (specifier) => specifier, importModule: () => promise });
    const wall = stage.wall({ frontend, tag }, { modules, deadlineMs: 1 });
    const failure = nextFailure();
    wall.start();
    expect(await failure).to.include({ phase: 'load' });
    expect(wall.box.querySelector('[role=alert]')).to.contain.text('Try again');
    await import(new URL(`/assets/cart/works~${tag}.js`, location.origin).href);
    resolve(undefined);
    await stateOf(wall, 'up');
    expect(wall.box.textContent).to.equal('up');
  });

  it('replaces an element whose handler throws, and makes a new one on retry', async () => {
    const { frontend, tag } = behaving('handling');
    const wall = stage.wall({ frontend, tag, slot: 'header-end' });
    wall.start();
    await stateOf(wall, 'up');
    const first = wall.box.querySelector(tag)!;
    await nextFrame();
    await aTimeout(0);
    const failure = nextFailure();
    first.querySelector('button')!.click();
    expect(await failure).to.include({ name: 'cart', phase: 'handler', message: 'broken in a handler' });
    expect(first.isConnected).to.equal(false);
    wall.box.querySelector('button')!.click();
    await stateOf(wall, 'up');
    expect(wall.box.querySelector(tag)).to.not.equal(first);
  });

  it('keeps the element that the server rendered', async () => {
    const { frontend, tag } = behaving('works');
    const adopt = document.createElement('div');
    adopt.innerHTML = `<${tag}>from the server</${tag}>`;
    const served = adopt.firstElementChild;
    const wall = stage.wall({ frontend, tag, adopt });
    wall.start();
    await stateOf(wall, 'up');
    expect(wall.box).to.equal(adopt);
    expect(wall.box.firstElementChild).to.equal(served);
    expect(served).to.have.text('up');
  });

  it('leaves what the server rendered readable when the module is missing', async () => {
    const { frontend, tag } = behaving('recovers');
    const adopt = document.createElement('div');
    adopt.innerHTML = `<${tag}>from the server</${tag}>`;
    const wall = stage.wall({ frontend, tag, adopt });
    wall.start();
    await stateOf(wall, 'failed');
    expect(wall.box).to.contain.text('from the server');
    wall.box.querySelector('button')!.click();
    await stateOf(wall, 'up');
    expect(wall.box.textContent).to.equal('up');
  });

  for (const behaviour of ['constructing', 'connecting'])
    it(`gives up what the server rendered when it breaks while coming alive (${behaviour})`, async () => {
      const { frontend, tag } = behaving(behaviour);
      const adopt = document.createElement('div');
      adopt.innerHTML = `<${tag}>from the server</${tag}>`;
      const wall = stage.wall({ frontend, tag, adopt });
      wall.start();
      await customElements.whenDefined(tag);
      await aTimeout(0);
      await stateOf(wall, 'failed');
      expect(wall.box.querySelector(tag)).to.equal(null);
      expect(wall.box.querySelector('button')).to.have.text('Try again');
    });

  it('stays away when it was closed before the module arrived', async () => {
    const { frontend, tag } = behaving('works');
    const wall = stage.wall({ frontend, tag });
    wall.start();
    wall.close();
    await customElements.whenDefined(tag);
    await aTimeout(0);
    expect(wall.box.querySelector(tag)).to.equal(null);
    expect(wall.box.isConnected).to.equal(false);
  });
});
