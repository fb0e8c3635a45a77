import { createFallback, type FallbackLook } from './fallback.ts';
import { messageOf, reportFailure, type Faults, type FaultyPlace, type Phase } from './faults.ts';
import { maxRetries, type Modules } from './modules.ts';
import type { Frontend } from './page-data.ts';

/** What everything that shows micro frontends needs. */
export interface WallTools {
  readonly modules: Modules;
  readonly faults: Faults;
  /** How long a module may take until the fallback shows; it may still arrive later. @default 8000 milliseconds */
  readonly deadlineMs?: number;
  /** Told each time that an element stands, with the time since its module was asked for. */
  readonly loaded?: (name: string, ms: number) => void;
}

/** What a wall surrounds. */
export interface WallOptions {
  readonly frontend: Frontend;
  readonly tag: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Name of the slot; absent = the main content. */
  readonly slot?: string;
  /** A wall that the gateway wrote, with the element inside: it is kept rather than made again. */
  readonly adopt?: HTMLElement;
}

/** The place of one element of one micro frontend. Its faults end here. */
export interface Wall {
  readonly box: HTMLElement;
  /** Loads the module and shows the element. Never throws; nothing waits for it. */
  start(): void;
  /** Takes the element out of the page and forgets it. */
  close(): void;
}

/** A wall is `pending`, then `up` or `failed`; a retry makes it `pending` again. */
export const createWall = (options: WallOptions, { modules, faults, deadlineMs = 8000, loaded }: WallTools): Wall => {
  const { frontend, tag, attributes = {}, slot, adopt } = options;
  const { name } = frontend;
  const entry = frontend.elements[tag] ?? '';
  const box = adopt ?? createBox(frontend, tag);
  let served = adopt?.querySelector<HTMLElement>(`:scope > ${tag}`) ?? undefined;
  let state: 'idle' | 'pending' | 'up' | 'failed' | 'closed' = 'idle';
  let settled = true;
  let retries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askedAt = 0;

  const become = (next: typeof state): void => {
    state = next;
    box.dataset['state'] = next;
    clearTimeout(timer);
  };

  // What stands may fail inside the call that shows it.
  const isUp = (): boolean => state === 'up';

  const load = (attempt: () => Promise<void>): void => {
    become('pending');
    askedAt = performance.now();
    if (!slot && !served) box.replaceChildren(createSkeleton());
    timer = setTimeout(() => fail('load', new Error(`${entry} did not arrive in ${deadlineMs} ms`)), deadlineMs);
    attempt().catch((error: unknown) => state === 'pending' && fail('load', error));
  };

  const mount = (): void => {
    if (state === 'closed' || state === 'up') return;
    if (!customElements.get(tag)) return fail('mount', new Error(`${entry} does not define <${tag}>`));
    // Frameworks render after they were connected: what fails until the first picture failed while being shown.
    settled = false;
    requestAnimationFrame(() => setTimeout(() => (settled = true)));
    become('up');
    faults.blame(place, () => {
      if (served) {
        box.querySelector(':scope > .souk-fallback')?.remove();
        return;
      }
      const element = document.createElement(tag);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      // A constructor that throws is reported, not thrown: the fallback is there already.
      if (state === 'up') box.replaceChildren(element);
    });
    if (isUp()) loaded?.(name, performance.now() - askedAt);
  };

  const fail = (phase: Phase, error: unknown): void => {
    if (state === 'failed' || state === 'closed') return;
    become('failed');
    // What the server rendered can be read although it is not alive; once it came alive, or broke while doing so inside
    // `define`, it is of no use.
    if (customElements.get(tag)) served = undefined;
    const look = fallbackLook(frontend, slot, served);
    const canRetry = retries < maxRetries && (modules.isLoaded(name, entry) || modules.canRetry(name, entry));
    const fallback = createFallback({ look, name, canRetry, onRetry: retry });
    if (served) box.prepend(fallback);
    else box.replaceChildren(fallback);
    reportFailure({ name, phase, message: messageOf(error), ...(slot && { slot }) });
  };

  const retry = (): void => {
    retries += 1;
    if (!modules.isLoaded(name, entry)) return load(() => modules.retry(name, entry));
    become('pending');
    mount();
  };

  const place: FaultyPlace = {
    name,
    fault: (error, phase = settled && state === 'up' ? 'handler' : 'mount') => fail(phase, error),
  };
  const unwatch = faults.watch(place);

  return {
    box,
    start: () => {
      if (state !== 'idle') return;
      load(() => modules.load(name, entry));
      void modules.arrived(name, entry).then(mount);
    },
    close: () => {
      become('closed');
      unwatch();
      box.remove();
    },
  };
};

const fallbackLook = ({ importance }: Frontend, slot?: string, served?: HTMLElement): FallbackLook => {
  if (!slot) return served ? 'notice' : 'panel';
  return importance === 'regular' ? 'quiet' : 'chip';
};

const createBox = ({ name, version }: Frontend, tag: string): HTMLElement => {
  const box = document.createElement('div');
  box.className = 'souk-wall';
  Object.assign(box.dataset, { mfe: name, version, element: tag });
  return box;
};

const createSkeleton = (): HTMLElement => {
  const skeleton = document.createElement('div');
  skeleton.className = 'souk-skeleton';
  return skeleton;
};
