import { expect, waitUntil } from '@open-wc/testing';
import { startPush, type PushOptions } from '../src/push.ts';
import { FakeEventSource } from './fixtures/fake-event-source.ts';

const realEventSource = window.EventSource;

describe('tabs that share one pushed stream', () => {
  let audience = '';
  const ends: AbortController[] = [];
  beforeEach(() => {
    window.EventSource = FakeEventSource as unknown as typeof EventSource;
    audience = crypto.randomUUID();
  });
  afterEach(() => {
    for (const end of ends.splice(0)) end.abort();
    FakeEventSource.opened.length = 0;
    window.EventSource = realEventSource;
  });

  /** Opens a tab whose page was made at a position. Locks and channels are real; tabs here share one document. */
  const openTab = (position: string | null, keep?: number, options: Partial<PushOptions> = {}) => {
    const end = new AbortController();
    const got: string[] = [];
    ends.push(end);
    startPush({
      url: '/push',
      position,
      audience,
      ...(keep !== undefined && { keep }),
      deliver: ({ type }) => got.push(type),
      reset: () => got.push('reset'),
      ended: () => got.push('ended'),
      signal: end.signal,
      ...options,
    });
    return { got, close: () => end.abort() };
  };
  /** Where a stream begins. */
  const after = (source: FakeEventSource) => new URL(source.url, location.href).searchParams.get('after');
  const stream = async (number = 1) => {
    await waitUntil(() => FakeEventSource.opened.length === number, 'a stream is open');
    return FakeEventSource.opened[number - 1]!;
  };
  const has = (tab: { got: string[] }, ...types: string[]) =>
    waitUntil(() => tab.got.length >= types.length, 'messages arrived').then(() =>
      expect(tab.got).to.deep.equal(types),
    );
  /** A follower is part of it once it gets what the leader hands on. */
  const joined = async (tab: { got: string[] }, source: FakeEventSource, id: string) => {
    source.push(id, 'probe:here');
    await waitUntil(() => tab.got.includes('probe:here'), 'the tab follows');
    tab.got.length = 0;
  };

  it('open one stream, after the position of the page, and deliver each message once to every tab', async () => {
    const first = openTab('10');
    const source = await stream();
    const second = openTab('10');
    expect(source.url).to.equal(`/push?after=10&audience=${audience}`);
    source.push('11', 'a:one');
    source.push('12', 'a:two');
    await has(first, 'a:one', 'a:two');
    await has(second, 'a:one', 'a:two');
    expect(FakeEventSource.live).to.have.length(1);
  });

  it('deliver what is true this moment to every tab, and move no position by it', async () => {
    const first = openTab('10');
    const source = await stream();
    const second = openTab('10');
    await joined(second, source, '11');
    first.got.length = 0;
    source.say('now', '11', JSON.stringify({ type: 'a:typing', detail: {} }));
    source.say('now', '11', 'no event at all');
    source.push('12', 'a:one');
    await has(first, 'a:typing', 'a:one');
    await has(second, 'a:typing', 'a:one');
  });

  it('all follow when they were opened before any of them led', async () => {
    const tabs = [openTab('10'), openTab('9'), openTab('10')];
    const source = await stream();
    source.push('11', 'a:one');
    await has(tabs[0]!, 'a:one');
    await waitUntil(() => tabs.every(({ got }) => got.at(-1) === 'a:one'), 'everybody got it');
    // The leader's page was made after this one, and what was between them is in neither.
    expect(tabs[1]!.got).to.deep.equal(['reset', 'a:one']);
  });

  it('listen to the answer to their last question only: one reset, not two, when a leader is found while asking', async () => {
    const name = `souk-push:${audience}`;
    const held = Promise.withResolvers<void>();
    const leading = Promise.withResolvers<void>();
    void navigator.locks.request(name, () => (leading.resolve(), held.promise));
    await leading.promise;
    const leader = new BroadcastChannel(name);
    const hellos: { tab: string; asking: number }[] = [];
    leader.addEventListener('message', ({ data }) => data.kind === 'hello' && hellos.push(data));
    try {
      const tab = openTab('9');
      leader.postMessage({ kind: 'leading' });
      await waitUntil(() => hellos.length === 2, 'the tab asked, and asked the new leader again');
      for (const { tab: to, asking } of hellos)
        leader.postMessage({ kind: 'welcome', tab: to, asking, missed: [], at: '10', isReset: true });
      leader.postMessage({ kind: 'message', id: '11', pushed: { type: 'a:one', detail: {} } });
      await waitUntil(() => tab.got.includes('a:one'), 'the message arrived');
      expect(tab.got).to.deep.equal(['reset', 'a:one']);
    } finally {
      held.resolve();
      leader.close();
    }
  });

  it('start from now when the page has no position', async () => {
    openTab(null);
    expect(after(await stream())).to.equal(null);
  });

  it('give a later tab what came after its page was made', async () => {
    openTab('10');
    const source = await stream();
    source.push('11', 'a:one');
    source.push('12', 'a:two');
    await has(openTab('11'), 'a:two');
  });

  it('do not repeat what a later page contains already', async () => {
    openTab('10');
    const source = await stream();
    const later = openTab('15');
    await joined(later, source, '16');
    source.push('17', 'a:new');
    await has(later, 'a:new');
  });

  it('reset a tab whose page is older than what the leader still has', async () => {
    const first = openTab('10', 1);
    const source = await stream();
    for (const id of ['11', '12', '13']) source.push(id, 'a:any');
    await has(openTab('10'), 'reset');
    expect(first.got).to.not.include('reset');
  });

  it('go on after the last message handed on when the leader is gone', async () => {
    const first = openTab('10');
    const source = await stream();
    const second = openTab('10');
    await joined(second, source, '12');
    first.close();
    const next = await stream(2);
    expect(after(next)).to.equal('12');
    expect(source.readyState).to.equal(FakeEventSource.CLOSED);
    next.push('12', 'a:again');
    next.push('13', 'a:new');
    await has(second, 'a:new');
  });

  it('deliver through the next leader to the third tab', async () => {
    const first = openTab('10');
    const source = await stream();
    const others = [openTab('10'), openTab('10')];
    for (const [index, tab] of others.entries()) await joined(tab, source, `${11 + index}`);
    first.close();
    const next = await stream(2);
    next.push('20', 'a:new');
    for (const tab of others) await waitUntil(() => tab.got.at(-1) === 'a:new', 'both got it');
  });

  it('all hear that messages may have been missed', async () => {
    const first = openTab('10');
    const source = await stream();
    const second = openTab('10');
    await joined(second, source, '11');
    first.got.length = 0;
    source.reset('50');
    await has(first, 'reset');
    await has(second, 'reset');
  });

  it('close the stream for the back/forward cache and ask for what they missed on return', async () => {
    const tab = openTab('10');
    const source = await stream();
    source.push('14', 'a:one');
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(source.readyState).to.equal(FakeEventSource.CLOSED);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(after(await stream(2))).to.equal('14');
    await has(tab, 'a:one');
  });

  it('close the stream when the page is frozen and ask for what they missed when it goes on', async () => {
    const tab = openTab('10');
    const source = await stream();
    source.push('14', 'a:one');
    document.dispatchEvent(new Event('freeze'));
    expect(source.readyState).to.equal(FakeEventSource.CLOSED);
    document.dispatchEvent(new Event('resume'));
    expect(after(await stream(2))).to.equal('14');
    await has(tab, 'a:one');
  });

  it('go on in another log, where positions are smaller, after a reset', async () => {
    const tabs = [openTab('1000', undefined, { epoch: 'old' }), openTab('1000', undefined, { epoch: 'old' })];
    const source = await stream();
    await waitUntil(() => FakeEventSource.live.length === 1);
    for (const tab of tabs) await joined(tab, source, `${1001 + tabs.indexOf(tab)}`);
    for (const tab of tabs) tab.got.length = 0;
    source.reset('5', 'new');
    const next = await stream(2);
    expect(source.readyState).to.equal(FakeEventSource.CLOSED);
    expect(next.url).to.equal(`/push?after=5&epoch=new&audience=${audience}`);
    next.push('6', 'a:new');
    for (const tab of tabs) await has(tab, 'reset', 'a:new');
  });

  it('reset a tab whose page was made from another log than the stream', async () => {
    openTab('10', undefined, { epoch: 'new' });
    const source = await stream();
    const old = openTab('900', undefined, { epoch: 'old' });
    await has(old, 'reset');
    source.push('11', 'a:new');
    await has(old, 'reset', 'a:new');
  });

  it('replace a stream that says nothing any more, and go on where it stopped', async () => {
    openTab('10', undefined, { silenceMs: 50 });
    const source = await stream();
    source.push('11', 'a:one');
    const next = await stream(2);
    expect(source.readyState).to.equal(FakeEventSource.CLOSED);
    expect(after(next)).to.equal('11');
  });

  it('notice by a beat that something is missing, and read again from before it', async () => {
    const tab = openTab('10');
    const source = await stream();
    source.push('11', 'a:one');
    source.say('beat', '12', '11');
    expect(FakeEventSource.opened).to.have.length(1);
    source.say('beat', '15', '14');
    const next = await stream(2);
    expect(after(next)).to.equal('12');
    next.push('14', 'a:missed');
    await has(tab, 'a:one', 'a:missed');
  });

  it('take the lead from a tab that holds the lock and says nothing', async () => {
    const name = `souk-push:${audience}`;
    const leading = Promise.withResolvers<void>();
    const taken = navigator.locks
      .request(name, () => (leading.resolve(), new Promise(() => {})))
      .catch((error: unknown) => error);
    await leading.promise;
    const tabs = [openTab('10', undefined, { silenceMs: 50 }), openTab('10', undefined, { silenceMs: 1_000_000 })];
    const source = await stream();
    expect(await taken).to.have.property('name', 'AbortError');
    await joined(tabs[1]!, source, '11');
    expect(FakeEventSource.live).to.have.length(1);
  });

  it('follow again when the lead was taken from them', async () => {
    const first = openTab('10');
    const source = await stream();
    await joined(first, source, '11');
    const name = `souk-push:${audience}`;
    const other = new BroadcastChannel(name);
    const given = Promise.withResolvers<void>();
    const hello = new Promise((resolve) =>
      other.addEventListener('message', ({ data }) => data.kind === 'hello' && resolve(data)),
    );
    void navigator.locks.request(name, { steal: true }, () => given.promise);
    expect(await hello).to.include({ from: '11' });
    expect(source.readyState).to.equal(FakeEventSource.CLOSED);
    given.resolve();
    other.close();
    const next = await stream(2);
    next.push('12', 'a:new');
    await has(first, 'a:new');
  });

  it('all hear once that the session is over, and open no stream any more', async () => {
    const first = openTab('10');
    const source = await stream();
    const second = openTab('10');
    await joined(second, source, '11');
    first.got.length = 0;
    source.say('end', '11', '{}');
    await has(first, 'ended');
    await has(second, 'ended');
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    window.dispatchEvent(new Event('online'));
    await new Promise((resolve) => navigator.locks.request(`souk-push:${audience}`, resolve));
    expect(FakeEventSource.live).to.have.length(0);
  });

  it('pass over what is no browser event', async () => {
    const tab = openTab('10');
    const source = await stream();
    for (const [index, data] of ['', '{', '3', '{"type":"noowner","detail":{}}', '{"type":"a:b","detail":4}'].entries())
      source.say('message', `${11 + index}`, data);
    source.push('20', 'a:good');
    await has(tab, 'a:good');
  });

  it('connect at once when the network is back', async () => {
    openTab('10');
    const source = await stream();
    source.readyState = 0;
    window.dispatchEvent(new Event('online'));
    await stream(2);
    expect(FakeEventSource.live).to.have.length(1);
  });

  it('keep to their audience', async () => {
    openTab('10');
    await stream();
    audience = crypto.randomUUID();
    openTab('10');
    await stream(2);
    expect(FakeEventSource.live).to.have.length(2);
  });

  it('read a stream of their own where the browser has no locks', async () => {
    Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });
    try {
      openTab('10');
      openTab('10');
      await stream(2);
    } finally {
      delete (navigator as { locks?: unknown }).locks;
    }
    expect(navigator.locks).to.be.an.instanceOf(LockManager);
  });
});
