import { expect, waitUntil } from '@open-wc/testing';
import { emit, ShellDeploymentChanged } from '@souk/shared-events/browser';
import { watchDeployment, type Renewal } from '../src/renewal.ts';

const route = { path: '/t', element: 't-page', title: 'T' };

describe('renewal', () => {
  let ending: AbortController;
  let live: string;
  let asked: number;
  const watch = (): Renewal => {
    const askDeployment = async () => {
      asked++;
      if (live === '') throw new Error('nobody answers');
      return live;
    };
    return watchDeployment({ deployment: 'mine', signal: ending.signal, askDeployment, spreadMs: 1 });
  };
  const change = async () => {
    const before = asked;
    emit(window, new ShellDeploymentChanged({ name: 'cart' }));
    await waitUntil(() => asked > before);
    await Promise.resolve();
  };
  const field = (html: string): HTMLInputElement => {
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML = html;
    document.body.append(host);
    ending.signal.addEventListener('abort', () => host.remove());
    return root.firstElementChild as HTMLInputElement;
  };
  const type = (into: HTMLInputElement, text: string) => {
    into.value = text;
    into.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  };
  beforeEach(() => {
    ending = new AbortController();
    live = 'other';
    asked = 0;
  });
  afterEach(() => ending.abort());

  it('is due when this session would get other versions now', async () => {
    const renewal = watch();
    expect(renewal.isDue(route)).to.equal(false);
    await change();
    expect(renewal.isDue(route)).to.equal(true);
  });

  it('is not due when the change is for other sessions, or was taken back', async () => {
    const renewal = watch();
    live = 'mine';
    await change();
    expect(renewal.isDue(route)).to.equal(false);
    live = 'other';
    await change();
    live = 'mine';
    await change();
    expect(renewal.isDue(route)).to.equal(false);
  });

  it('is due when nobody can say what is live', async () => {
    const renewal = watch();
    live = '';
    await change();
    expect(renewal.isDue(route)).to.equal(true);
  });

  it('waits for a route that must not be interrupted to be left', async () => {
    const renewal = watch();
    await change();
    expect(renewal.isDue({ ...route, steady: true })).to.equal(false);
    expect(renewal.isDue(undefined)).to.equal(true);
  });

  for (const html of ['<input>', '<input type="email">', '<textarea></textarea>']) {
    it(`waits for what is half typed in ${html}, inside a shadow root too`, async () => {
      const renewal = watch();
      const input = field(html);
      await change();
      type(input, 'half a');
      expect(renewal.isDue(route)).to.equal(false);
      type(input, '');
      expect(renewal.isDue(route)).to.equal(true);
      type(input, 'half a');
      input.remove();
      expect(renewal.isDue(route)).to.equal(true);
    });
  }

  it('does not wait for a search, a choice, or a field that nobody has touched', async () => {
    const renewal = watch();
    await change();
    type(field('<input type="search">'), 'bowl');
    type(field('<input type="checkbox">'), 'on');
    field('<input>').value = 'as it came';
    expect(renewal.isDue(route)).to.equal(true);
  });

  it('waits for a request that changes something, however it is sent, and not for one that reads', async () => {
    const reply = Promise.withResolvers<Response>();
    const { fetch } = window;
    window.fetch = () => reply.promise;
    const renewal = watch();
    await change();
    const reading = window.fetch('/t');
    expect(renewal.isDue(route)).to.equal(true);
    const changing = window.fetch('/t', { method: 'post' });
    expect(renewal.isDue(route)).to.equal(false);
    reply.resolve(new Response());
    await Promise.all([reading, changing]);
    expect(renewal.isDue(route)).to.equal(true);

    const xhr = new XMLHttpRequest();
    xhr.open('PUT', '/t');
    xhr.send('x');
    const ended = new Promise((resolve) => xhr.addEventListener('loadend', resolve));
    expect(renewal.isDue(route)).to.equal(false);
    await ended;
    expect(renewal.isDue(route)).to.equal(true);
    ending.abort();
    window.fetch = fetch;
  });
});
