import { expect } from '@open-wc/testing';
import { answer, ask, CartAddItem, waitingRequests, type RequestFailed } from '@souk/shared-events/browser';
import { createFaults } from '../src/faults.ts';
import { createModules, type Modules } from '../src/modules.ts';
import { loadHandlers } from '../src/requests.ts';
import { frontend } from './fixtures/frontend.ts';
import { nextFailure } from './fixtures/page.ts';

const cart = frontend({ name: 'cart', handles: { 'cart:add-item': 'mini' } });
const reply = { count: 1, totalCents: 100, currency: 'EUR' } as const;
const addItem = () => ask(window, new CartAddItem({ sku: 'bowl', quantity: 1 }));
const outcome = (asked: Promise<unknown>) => asked.catch(({ code }: RequestFailed) => code);

describe('a request that nobody took', () => {
  let ending: AbortController;
  const start = (importModule: () => Promise<unknown>, deadlineMs?: number): Modules => {
    const modules = createModules({ resolve: (specifier) => specifier, importModule });
    const { signal } = ending;
    loadHandlers([cart], { modules, faults: createFaults(['cart'], { signal }), deadlineMs }, { signal });
    return modules;
  };
  const handle = async () => answer(CartAddItem, () => reply, { signal: ending.signal });
  beforeEach(() => (ending = new AbortController()));
  afterEach(() => ending.abort());

  it('loads the module that answers it', async () => {
    start(handle);
    expect(await addItem()).to.deep.equal(reply);
  });

  it('is answered although it was asked before the shell started', async () => {
    const asked = addItem();
    start(handle);
    expect(await asked).to.deep.equal(reply);
  });

  it('loads nothing when its handler is there', async () => {
    let loads = 0;
    await handle();
    start(async () => (loads += 1));
    expect(await addItem()).to.deep.equal(reply);
    expect(loads).to.equal(0);
  });

  it('is refused when the module cannot be loaded, and the next one loads it again', async () => {
    const attempts = [() => Promise.reject(new Error('gone')), handle];
    start(() => attempts.shift()!());
    const failure = nextFailure();
    expect(await outcome(addItem())).to.equal('no-answer');
    expect(await failure).to.include({ name: 'cart', phase: 'load', message: 'gone' });
    expect(await addItem()).to.deep.equal(reply);
  });

  it('is refused when the module hangs, and not done when it arrives late', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let handled = 0;
    start(async () => {
      await promise;
      answer(CartAddItem, () => ((handled += 1), reply), { signal: ending.signal });
    }, 1);
    const failure = nextFailure();
    expect(await outcome(addItem())).to.equal('no-answer');
    expect(await failure).to.include({ phase: 'load' });
    resolve();
    expect(await addItem()).to.deep.equal(reply);
    expect(handled).to.equal(1);
  });

  it('is refused when the module does not answer it', async () => {
    start(async () => {});
    const failure = nextFailure();
    expect(await outcome(addItem())).to.equal('no-answer');
    expect(await failure).to.include({ name: 'cart', phase: 'no-answer' });
    expect(waitingRequests()).to.deep.equal([]);
  });
});
