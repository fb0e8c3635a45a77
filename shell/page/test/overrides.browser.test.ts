import { expect } from '@open-wc/testing';
import { startOverrides } from '../src/overrides.ts';

const module = '@souk/mfe-cart/mini';
const address = 'http://localhost:5174/element/src/mini.ts';

describe('overrides', () => {
  let ending: AbortController;
  let told: unknown[];
  let answer: Response;
  let reloads: number;
  const { fetch } = window;
  const start = (active = {}) => startOverrides({ active }, { signal: ending.signal, reload: () => void reloads++ });
  const badge = () => document.querySelector('.souk-override')?.shadowRoot;
  const click = async (text: string) => {
    const buttons = [...(badge()?.querySelectorAll('button') ?? [])];
    buttons.find((button) => button.textContent === text)!.click();
    await new Promise((resolve) => setTimeout(resolve));
  };
  beforeEach(() => {
    ending = new AbortController();
    told = [];
    reloads = 0;
    answer = new Response(null, { status: 204 });
    window.fetch = async (_input, init) => {
      told.push(JSON.parse(init?.body as string));
      return answer;
    };
  });
  afterEach(() => {
    ending.abort();
    window.fetch = fetch;
    localStorage.clear();
    sessionStorage.clear();
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('tell the gateway what import-map-overrides has kept, and load the page anew', async () => {
    localStorage.setItem(`import-map-override:${module}`, address);
    localStorage.setItem('import-map-override:react', 'https://elsewhere.example/react.js');
    await start();
    expect(told).to.deep.equal([{ overrides: { [module]: address } }]);
    expect(reloads).to.equal(1);
  });

  it('leave out what import-map-overrides has switched off', async () => {
    localStorage.setItem(`import-map-override:${module}`, address);
    localStorage.setItem('import-map-overrides-disabled', JSON.stringify([module]));
    await start();
    expect([told, reloads]).to.deep.equal([[], 0]);
  });

  it('do not go round and round when the gateway refuses', async () => {
    localStorage.setItem(`import-map-override:${module}`, 'https://elsewhere.example/mini.js');
    answer = new Response(null, { status: 400 });
    await start();
    await start();
    expect([told.length, reloads]).to.deep.equal([1, 0]);
  });

  it('are shown, and switched off by one click', async () => {
    localStorage.setItem(`import-map-override:${module}`, address);
    await start({ [module]: address });
    expect(badge()?.textContent).to.contain('Override: cart from http://localhost:5174');
    await expect(document.querySelector('.souk-override')).to.be.accessible();
    await click('Switch off');
    expect(told).to.deep.equal([{ overrides: {} }]);
    expect(localStorage.getItem(`import-map-override:${module}`)).to.equal(null);
    expect(reloads).to.equal(1);
  });

  it('asked for by a link are used only when the developer says so', async () => {
    history.replaceState(null, '', `#souk-override=${encodeURIComponent(JSON.stringify({ [module]: address }))}`);
    await start();
    expect(told).to.deep.equal([]);
    expect(badge()?.textContent).to.contain('cart from http://localhost:5174');
    await click('Use it in this browser');
    expect(told).to.deep.equal([{ overrides: { [module]: address } }]);
    expect(localStorage.getItem(`import-map-override:${module}`)).to.equal(address);
    expect([reloads, location.hash]).to.deep.equal([1, '']);
  });

  it('asked for by a link can be refused', async () => {
    history.replaceState(null, '', `#souk-override=${encodeURIComponent(JSON.stringify({ [module]: address }))}`);
    await start();
    await click('No');
    expect([told, reloads, badge(), location.hash]).to.deep.equal([[], 0, undefined, '']);
  });

  it('are not thought of where there are none', async () => {
    await start();
    expect([told, reloads, badge()]).to.deep.equal([[], 0, undefined]);
  });
});
