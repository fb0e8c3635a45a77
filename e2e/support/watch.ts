import { isDeepStrictEqual } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import type {} from '@souk/shared-events/browser';

/** Types of the browser contract, with what each carries. */
type Details = {
  [
    Type in keyof GlobalEventHandlersEventMap as Type extends `${string}:${string}` ? Type : never
  ]: GlobalEventHandlersEventMap[Type] extends CustomEvent<infer Detail> ? Detail : never;
};

/** A type of the contract, or a class that has one: `CartChanged`. An event that a team brings itself is named by its text. */
export type EventName<Type extends string = string> = Type | { readonly type: Type };

/** What an event of this type carries. */
export type DetailOf<Type extends string> = Type extends keyof Details ? Details[Type] : Record<string, unknown>;

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
  waitFor<Type extends string>(
    name: EventName<Type>,
    fits?: (detail: DetailOf<Type>) => boolean,
    on?: Page,
  ): Promise<DetailOf<Type>>;
  /** Everything of this type so far. */
  seen<Type extends string>(name: EventName<Type>, on?: Page): DetailOf<Type>[];
  /**
   * Asks what a micro frontend would ask, from the window of a page; its handler is loaded when it has to be.
   * @returns the reply
   * @throws Error with code and message of the refusal
   */
  ask(page: Page, name: EventName, payload: unknown): Promise<unknown>;
  /** Tells a page of a fact or a state, as the push stream would. */
  emit(page: Page, name: EventName, detail: unknown): Promise<void>;
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

const typeOf = (name: EventName): string => (typeof name === 'string' ? name : name.type);

/** Whether a detail has these members, whatever else it has: for `events.waitFor`. */
export const matching =
  (part: Readonly<Record<string, unknown>>) =>
  (detail: object): boolean =>
    Object.entries(part).every(([name, value]) => isDeepStrictEqual((detail as Record<string, unknown>)[name], value));

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

  const matches = (name: EventName, on?: Page) =>
    log.filter((one) => one.type === typeOf(name) && (!on || one.page === on));
  const events: EventLog = {
    waitFor: (name, fits = () => true, on) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = matches(name, on).find(({ detail }) => fits(detail as never));
          if (!found) return;
          settle();
          resolve(found.detail as never);
        };
        const late = setTimeout(() => {
          settle();
          const passed = log.map((one) => `${one.type} ${JSON.stringify(one.detail)}`).join('\n');
          reject(new Error(`no fitting ${typeOf(name)} in ${patienceMs} ms; what passed:\n${passed}`));
        }, patienceMs);
        const settle = () => {
          clearTimeout(late);
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
    seen: (name, on) => matches(name, on).map(({ detail }) => detail as never),
    ask: (page, name, payload) => page.evaluate(askInPage, { type: typeOf(name), payload }),
    emit: (page, name, detail) => page.evaluate(emitInPage, { type: typeOf(name), detail }),
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

/** Runs in the page. The names are those by which the copies of the contract on a page meet. */
function askInPage({ type, payload }: { type: string; payload: unknown }): Promise<unknown> {
  const requestId = `e2e-${Math.random()}`;
  const detail = { requestId, payload };
  return new Promise((resolve, reject) => {
    const receive = (event: Event) => {
      const { requestId: of, ok, value, error } = (event as CustomEvent).detail;
      if (of !== requestId) return;
      removeEventListener(`${type}:reply`, receive);
      if (ok) resolve(value);
      else reject(new Error(`${error.code}: ${error.message}`));
    };
    addEventListener(`${type}:reply`, receive);
    const event = new CustomEvent(type, { bubbles: true, composed: true, cancelable: true, detail });
    dispatchEvent(event);
    if (event.defaultPrevented) return;
    const shared = globalThis as unknown as Record<symbol, object[] | undefined>;
    (shared[Symbol.for('souk.waiting-requests')] ??= []).push({ type, detail });
    dispatchEvent(new CustomEvent('souk:request-waiting', { detail: { type, detail } }));
  });
}

function emitInPage({ type, detail }: { type: string; detail: unknown }): void {
  const shared = globalThis as unknown as Record<symbol, Map<string, unknown> | undefined>;
  (shared[Symbol.for('souk.retained-states')] ??= new Map()).set(type, detail);
  dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
}
