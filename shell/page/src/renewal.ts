import { listen, ShellDeploymentChanged, waitingRequests } from '@souk/shared-events/browser';
import type { Route } from './page-data.ts';
import { watchTyping } from './typing.ts';
import { watchSending } from './sending.ts';

/** Decides when an open page takes new versions: by a new document, at a navigation that takes nothing from anybody. */
export interface Renewal {
  /**
   * Whether this navigation should load a document: there are other versions for this session, and nothing is half
   * typed, under way, or on a route that must not be interrupted.
   * @param from the route that is left; absent = it is no route
   */
  isDue(from: Route | undefined): boolean;
}

/** What it stands on; tests replace it. */
export interface RenewalOptions {
  /** Id of the set of versions that this page is made of. */
  readonly deployment: string;
  readonly signal?: AbortSignal;
  /** Id of the set that this session would get now. @default asks the gateway */
  readonly askDeployment?: () => Promise<string>;
  /** Open pages ask at some moment within this time, not all at once. @default 2_000 milliseconds */
  readonly spreadMs?: number;
}

/** Hears of changes by push. */
export const watchDeployment = (options: RenewalOptions): Renewal => {
  const { deployment, signal = new AbortController().signal, askDeployment = askGateway, spreadMs = 2_000 } = options;
  const typing = watchTyping(signal);
  const sending = watchSending(signal);
  let isStale = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = async (): Promise<void> => {
    timer = undefined;
    // A page that nobody sees has time.
    if (document.visibilityState === 'hidden') {
      document.addEventListener('visibilitychange', lookSoon, { signal, once: true });
      return;
    }
    // Who cannot tell what is live now is told so by the next document.
    isStale = await askDeployment().then(
      (id) => id !== deployment,
      () => true,
    );
  };
  const lookSoon = (): void => {
    timer ??= setTimeout(() => void look(), Math.random() * spreadMs);
  };
  listen(ShellDeploymentChanged, lookSoon, { signal });
  window.addEventListener('shell:push-reset', lookSoon, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));

  return {
    isDue: (from) =>
      isStale &&
      from?.steady !== true &&
      !typing.isHalfDone() &&
      !sending.isUnderWay() &&
      waitingRequests().length === 0,
  };
};

const askGateway = async (): Promise<string> => {
  const response = await fetch('/registry/deployment', { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`the gateway answers ${response.status}`);
  return ((await response.json()) as { id: string }).id;
};
