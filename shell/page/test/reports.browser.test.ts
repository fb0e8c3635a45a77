import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { reportFailure } from '../src/faults.ts';
import { startReports } from '../src/reports.ts';
import { frontend } from './fixtures/frontend.ts';

describe('reports', () => {
  const deployment = '0123456789ab';
  const frontends = [
    frontend({ name: 'cart', version: '1.0.0', emits: ['cart:tested'] }),
    frontend({ name: 'chat', version: '2.0.0', dev: true }),
  ];
  let ending: AbortController;
  let sent: { deployment: string; mfes: object[] }[];
  const start = (gatherMs = 1) => {
    const send = (body: string) => void sent.push(JSON.parse(body) as (typeof sent)[number]);
    return startReports({ deployment, frontends, signal: ending.signal, send, gatherMs });
  };
  const fail = (name: string, message = 'a name of somebody') => reportFailure({ name, phase: 'mount', message });
  beforeEach(() => {
    ending = new AbortController();
    sent = [];
  });
  afterEach(() => ending.abort());

  it('tell together how long each took, which failures there were and how many events passed', async () => {
    const reports = start();
    reports.loaded('cart', 12.4);
    reports.loaded('cart', 99);
    window.dispatchEvent(new CustomEvent('cart:tested'));
    fail('cart');
    reportFailure({ name: 'cart', phase: 'handler', message: 'again' });
    await waitUntil(() => sent.length > 0);
    const cart = { name: 'cart', version: '1.0.0' };
    expect(sent).to.deep.equal([
      {
        deployment,
        mfes: [
          { ...cart, loadedMs: 12, events: 1, failed: 'mount' },
          { ...cart, failed: 'handler' },
        ],
      },
    ]);
  });

  it('say nothing of what stands in an error, nor of what comes from a developer', async () => {
    start();
    fail('chat');
    fail('cart');
    await waitUntil(() => sent.length > 0);
    expect(JSON.stringify(sent)).to.not.contain('somebody');
    expect(JSON.stringify(sent)).to.not.contain('chat');
  });

  it('tell what they have when the page goes', () => {
    start(60_000).loaded('cart', 5);
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(sent).to.have.length(1);
  });

  it('stay few, whatever happens on the page', async () => {
    start(0);
    for (let n = 0; n < 40; n++) {
      fail('cart');
      await aTimeout(1);
    }
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(sent.length).to.be.within(2, 20);
  });
});
