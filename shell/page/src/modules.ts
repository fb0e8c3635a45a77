/** A module could not be loaded, and no further address is left to try before the page is loaded again. */
export class ModuleUnavailable extends Error {
  readonly code = 'module-unavailable';
  constructor(specifier: string) {
    super(`${specifier} could not be loaded`);
    this.name = 'ModuleUnavailable';
  }
}

/** Loads the entries of micro frontends. */
export interface Modules {
  /** Joins the load that is under way, or starts the next one; rejects with the reason when it fails. */
  load(name: string, entry: string): Promise<void>;
  /** Starts a new load from another address, even if an earlier one is still under way. */
  retry(name: string, entry: string): Promise<void>;
  /** Resolves when any load of the entry has succeeded, however late; never rejects. */
  arrived(name: string, entry: string): Promise<void>;
  isLoaded(name: string, entry: string): boolean;
  /** False when only a new document can help. */
  canRetry(name: string, entry: string): boolean;
}

/** How modules are found; tests replace it. */
export interface ModulesOptions {
  readonly resolve?: (specifier: string) => string;
  readonly importModule?: (url: string) => Promise<unknown>;
}

/** How many other addresses the gateway serves for a file, see "Import map" in the README. */
export const maxRetries = 2;

/** Each entry is loaded once, whoever asks for it; a failure is never remembered. */
export const createModules = ({
  resolve = (specifier) => import.meta.resolve(specifier),
  importModule = (url) => import(/* @vite-ignore */ url),
}: ModulesOptions = {}): Modules => {
  const entries = new Map<string, EntryState>();

  const stateOf = (name: string, entry: string): EntryState => {
    const specifier = `@souk/mfe-${name}/${entry}`;
    const known = entries.get(specifier);
    if (known) return known;
    const state: EntryState = { specifier, tries: 0, loaded: false, ...Promise.withResolvers<void>() };
    entries.set(specifier, state);
    return state;
  };

  const start = (state: EntryState): Promise<void> => {
    const attempt = state.tries;
    if (attempt > maxRetries) return Promise.reject(new ModuleUnavailable(state.specifier));
    state.tries += 1;
    const current = (async () => {
      await importModule(retryAddress(resolve(state.specifier), attempt));
      state.loaded = true;
      state.resolve();
    })();
    state.current = current;
    current.catch(() => {
      if (state.current === current) delete state.current;
    });
    return current;
  };

  return {
    load: (name, entry) => {
      const state = stateOf(name, entry);
      return state.loaded ? state.promise : (state.current ?? start(state));
    },
    retry: (name, entry) => {
      const state = stateOf(name, entry);
      return state.loaded ? state.promise : start(state);
    },
    arrived: (name, entry) => stateOf(name, entry).promise,
    isLoaded: (name, entry) => stateOf(name, entry).loaded,
    canRetry: (name, entry) => stateOf(name, entry).tries <= maxRetries,
  };
};

/**
 * Browsers remember a module that failed, under its address. The gateway serves the same files under other addresses;
 * imports between chunks are relative, so all of them are fetched again.
 */
export const retryAddress = (url: string, attempt: number): string =>
  attempt === 0 ? url : url.replace('/assets/', `/assets/retry-${attempt}/`);

interface EntryState extends PromiseWithResolvers<void> {
  readonly specifier: string;
  /** Loads started so far. */
  tries: number;
  loaded: boolean;
  current?: Promise<void>;
}
