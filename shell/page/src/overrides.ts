/** Modules that come from a developer's own server in this session: specifier → address. */
export type Overrides = Readonly<Record<string, string>>;

/** What the gateway says about overrides; a page without it takes no notice of any. */
export interface OverrideData {
  /** Those that this page was composed with. */
  readonly active: Overrides;
}

/** Prefix in `localStorage`, as import-map-overrides writes it, so that its tools and bookmarklets work. */
const prefix = 'import-map-override:';
/** The same tools keep a list of those that are switched off here. */
const disabledKey = 'import-map-overrides-disabled';
/** Fragment with which `souk override` asks: `#souk-override=<JSON>`. */
const askKey = 'souk-override';
const triedKey = 'souk-override-tried';

/**
 * Makes this session's overrides those that the developer's browser wants, and shows which there are. The gateway says
 * who may have any: without `data` what stands in `localStorage` means nothing.
 * @param reload loads the page anew
 */
export const startOverrides = async (
  data: OverrideData,
  { signal, reload = () => location.reload() }: { readonly signal?: AbortSignal; readonly reload?: () => void } = {},
): Promise<void> => {
  const { active } = data;
  const asked = askedFor(new URLSearchParams(location.hash.slice(1)).get(askKey));
  const wanted = wantedOverrides();
  // The gateway refused what is wanted, or it did not last: asking again would go round and round.
  const isNew = !isSame(wanted, active) && sessionStorage.getItem(triedKey) !== JSON.stringify(wanted);
  if (asked === undefined && isNew) {
    sessionStorage.setItem(triedKey, JSON.stringify(wanted));
    if (await tell(wanted)) return reload();
  }
  if (isSame(wanted, active)) sessionStorage.removeItem(triedKey);
  if (asked === undefined && Object.keys(active).length === 0) return;

  const { showOverrides } = await import('./override-badge.ts');
  if (signal?.aborted) return;
  const become = async (overrides: Overrides): Promise<void> => {
    keep(overrides);
    sessionStorage.removeItem(triedKey);
    if (asked !== undefined) history.replaceState(history.state, '', location.pathname + location.search);
    if (await tell(overrides)) reload();
  };
  const badge = showOverrides(
    asked === undefined
      ? { kind: 'active', overrides: active, off: () => void become({}) }
      : {
          ...{ kind: 'asked', overrides: asked },
          use: () => void become({ ...active, ...asked }),
          no: () => {
            history.replaceState(history.state, '', location.pathname + location.search);
            badge.remove();
          },
        },
  );
  signal?.addEventListener('abort', () => badge.remove());
};

const wantedOverrides = (): Overrides => {
  const disabled = parse(localStorage.getItem(disabledKey));
  const off = new Set(Array.isArray(disabled) ? disabled : []);
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(`${prefix}@souk/`));
  return Object.fromEntries(
    keys
      .map((key) => [key.slice(prefix.length), localStorage.getItem(key) ?? ''] as const)
      .filter(([module]) => !off.has(module))
      .map(([module, url]) => [module, URL.parse(url, location.href)?.href ?? url] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
};

const keep = (overrides: Overrides): void => {
  for (const key of Object.keys(localStorage)) if (key.startsWith(`${prefix}@souk/`)) localStorage.removeItem(key);
  for (const [module, url] of Object.entries(overrides)) localStorage.setItem(prefix + module, url);
};

const tell = async (overrides: Overrides): Promise<boolean> => {
  const body = JSON.stringify({ overrides });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch('/registry/overrides', { method: 'POST', headers, body }).catch(() => undefined);
  return response?.ok === true;
};

const isSame = (a: Overrides, b: Overrides): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([module, url]) => b[module] === url);

const askedFor = (text: string | null): Overrides | undefined => {
  const value = parse(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
};

const parse = (text: string | null): unknown => {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};
