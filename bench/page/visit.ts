import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';

/** How fast the machine and the line are. */
export type Profile = 'local' | 'slow4g';

/** What one page view took. Times in milliseconds from the beginning of the navigation, sizes in bytes on the wire. */
export interface Visit {
  readonly requests: number;
  readonly bytes: number;
  readonly jsBytes: number;
  readonly fcpMs: number;
  readonly lcpMs: number;
  readonly cls: number;
  readonly longTasks: number;
}

/** A person with an empty cache. */
export interface Person {
  readonly context: BrowserContext;
  /** Opens a page and measures it until nothing has come for a while. The page stays open when asked for. */
  visit(url: string): Promise<Visit>;
  /** The same, with the page left open for what comes next; `more()` tells what has come since. */
  stay(url: string): Promise<Stay>;
  close(): Promise<void>;
}

/** A page that was measured and is still open. */
export interface Stay {
  readonly page: Page;
  readonly visit: Visit;
  /** Everything up to now. */
  more(): { readonly jsBytes: number; readonly bytes: number };
}

const viewport = { width: 1280, height: 720 };
/** 150 ms, 1.6 and 0.75 Mbit/s, a processor of a quarter of the speed: a phone as Lighthouse has it. */
const slow = { offline: false, latency: 150, downloadThroughput: 209_715, uploadThroughput: 98_304 };
const quietMs = { local: 1000, slow4g: 2500 } as const;

/** Somebody new, with a browser profile of their own. */
export async function newPerson(browser: Browser, profile: Profile): Promise<Person> {
  const context = await browser.newContext({ viewport, serviceWorkers: 'block' });
  await context.addInitScript(observe);
  const stay = async (url: string): Promise<Stay> => {
    const page = await context.newPage();
    const wire = await watchWire(await context.newCDPSession(page), profile);
    await page.goto(url, { waitUntil: 'load' });
    await wire.quiet(quietMs[profile]);
    const seen = await page.evaluate(() => (globalThis as unknown as { soukSeen: () => Seen }).soukSeen());
    return { page, visit: { ...wire.count(), ...seen }, more: wire.count };
  };
  return {
    context,
    stay,
    async visit(url) {
      const { page, visit } = await stay(url);
      await page.close();
      return visit;
    },
    close: () => context.close(),
  };
}

/** Makes a page slow. */
export async function throttle(session: CDPSession): Promise<void> {
  await session.send('Network.emulateNetworkConditions', slow);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}

type Seen = Pick<Visit, 'fcpMs' | 'lcpMs' | 'cls' | 'longTasks'>;

interface Transfer {
  type: string;
  bytes: number;
}

async function watchWire(session: CDPSession, profile: Profile) {
  const transfers = new Map<string, Transfer>();
  const open = new Set<string>();
  let last = performance.now();
  const end = (id: string, bytes: number) => {
    const transfer = transfers.get(id);
    if (transfer) transfer.bytes += bytes;
    open.delete(id);
    last = performance.now();
  };
  session.on('Network.requestWillBeSent', ({ requestId, type, request, redirectResponse }) => {
    if (request.url.startsWith('data:')) return;
    const before = transfers.get(requestId)?.bytes ?? 0;
    transfers.set(requestId, { type: type ?? 'Other', bytes: before + (redirectResponse?.encodedDataLength ?? 0) });
    // The stream of events never ends.
    if (type !== 'EventSource') open.add(requestId);
    last = performance.now();
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => end(requestId, encodedDataLength));
  session.on('Network.loadingFailed', ({ requestId }) => end(requestId, 0));
  await session.send('Network.enable');
  if (profile === 'slow4g') await throttle(session);
  const sum = (some: readonly Transfer[]) => some.reduce((bytes, transfer) => bytes + transfer.bytes, 0);
  return {
    async quiet(ms: number): Promise<void> {
      while (open.size > 0 || performance.now() - last < ms) await new Promise((resolve) => setTimeout(resolve, 50));
    },
    count: () => {
      const all = [...transfers.values()];
      const scripts = all.filter(({ type }) => type === 'Script');
      return { requests: all.length, bytes: sum(all), jsBytes: sum(scripts) };
    },
  };
}

/** Runs in the page before anything else. */
function observe(): void {
  const seen = { fcpMs: 0, lcpMs: 0, cls: 0, longTasks: 0 };
  const watch = (type: string, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') seen.fcpMs = startTime;
  });
  watch('largest-contentful-paint', ({ startTime }) => (seen.lcpMs = startTime));
  watch('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!hadRecentInput) seen.cls += value;
  });
  watch('longtask', () => seen.longTasks++);
  Object.assign(globalThis, { soukSeen: () => seen });
}
