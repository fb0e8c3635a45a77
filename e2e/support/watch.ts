import type { BrowserContext, Page } from 'playwright-core';
import type {} from '@souk/shared-events/browser';

/** Types of the browser contract, with what each carries. */
type Details = {
  [
    Type in keyof GlobalEventHandlersEventMap as Type extends `${string}:${string}` ? Type : never
  ]: GlobalEventHandlersEventMap[Type] extends CustomEvent<infer Detail> ? Detail : never;
};

/** A shared browser event as it passed. */
interface SeenEvent {
  readonly page: Page;
  readonly type: string;
  readonly detail: unknown;
}

/** What passed on the pages of a context, in order, over all documents. */
export interface EventLog {
  /**
   * The first event of this type that fits, whether it has passed already or is still to come.
   * @throws Error that lists what did pass, after 15 seconds
   */
  waitFor<Type extends keyof Details>(
    type: Type,
    fits?: (detail: Details[Type]) => boolean,
    on?: Page,
  ): Promise<Details[Type]>;
  /** Everything of this type so far. */
  seen<Type extends keyof Details>(type: Type, on?: Page): Details[Type][];
  /** Forgets what has passed. */
  clear(): void;
}

/** A context under watch. */
export interface Watched {
  readonly events: EventLog;
  /** Uncaught errors, refusals by the content security policy, and errors in the console. */
  readonly faults: string[];
}

const patienceMs = 15_000;

/** Watches every page that the context will open; call it before the first. */
export async function watch(context: BrowserContext): Promise<Watched> {
  const faults: string[] = [];
  const log: SeenEvent[] = [];
  const waiting = new Set<() => void>();

  await context.exposeBinding('soukE2eEvent', ({ page }, type: string, detail: unknown) => {
    log.push({ page, type, detail });
    for (const look of waiting) look();
  });
  await context.exposeBinding('soukE2eRefused', (_source, what: string) => void faults.push(what));
  await context.addInitScript(report);
  context.on('weberror', (error) => faults.push(`uncaught: ${error.error().stack ?? error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });

  const matches = (type: string, on?: Page) => log.filter((one) => one.type === type && (!on || one.page === on));
  const events: EventLog = {
    waitFor: (type, fits = () => true, on) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = matches(type, on).find(({ detail }) => fits(detail as never));
          if (!found) return;
          settle();
          resolve(found.detail as never);
        };
        const late = setTimeout(() => {
          settle();
          const passed = log.map((one) => `${one.type} ${JSON.stringify(one.detail)}`).join('\n');
          reject(new Error(`no fitting ${type} in ${patienceMs} ms; what passed:\n${passed}`));
        }, patienceMs);
        const settle = () => {
          clearTimeout(late);
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
    seen: (type, on) => matches(type, on).map(({ detail }) => detail as never),
    clear: () => void log.splice(0),
  };
  return { events, faults };
}

/** Runs in the page, before anything else: all shared events go through `dispatchEvent`. */
function report(): void {
  const { soukE2eEvent, soukE2eRefused } = globalThis as unknown as Record<string, (...told: unknown[]) => void>;
  const { dispatchEvent } = EventTarget.prototype;
  EventTarget.prototype.dispatchEvent = function (event) {
    if (event instanceof CustomEvent && /^[a-z]+:[a-z-]+$/.test(event.type)) soukE2eEvent?.(event.type, event.detail);
    return dispatchEvent.call(this, event);
  };
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
    soukE2eRefused?.(`refused by ${violatedDirective}: ${blockedURI} (${sourceFile}:${lineNumber})`),
  );
}
