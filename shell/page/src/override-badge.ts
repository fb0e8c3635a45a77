/** What the badge says: which modules come from elsewhere, or that somebody asks for it. */
export type BadgeOptions =
  | { readonly kind: 'active'; readonly overrides: Readonly<Record<string, string>>; readonly off: () => void }
  | {
      readonly kind: 'asked';
      readonly overrides: Readonly<Record<string, string>>;
      readonly use: () => void;
      readonly no: () => void;
    };

/** Shows it over the page, where it cannot be taken for a part of the shop. Loaded only where there are overrides. */
export const showOverrides = (options: BadgeOptions): HTMLElement => {
  const host = document.createElement('aside');
  host.className = 'souk-override';
  host.setAttribute('aria-label', 'Overrides');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const text = document.createElement('p');
  text.append(...sentence(options));
  root.append(text);
  if (options.kind === 'active') root.append(button('Switch off', options.off));
  else root.append(button('Use it in this browser', options.use), button('No', options.no));
  document.body.append(host);
  return host;
};

const sentence = ({ kind, overrides }: BadgeOptions): (string | Node)[] => {
  const byOrigin = new Map<string, Set<string>>();
  for (const [module, url] of Object.entries(overrides)) {
    const origin = URL.parse(url)?.origin ?? url;
    const name = /^@souk\/mfe-([^/]+)\//.exec(module)?.[1] ?? module;
    byOrigin.set(origin, (byOrigin.get(origin) ?? new Set()).add(name));
  }
  const parts = [...byOrigin].flatMap(([origin, names], index) => {
    const strong = document.createElement('strong');
    strong.textContent = [...names].join(', ');
    return [...(index > 0 ? ['; '] : []), strong, ` from ${origin}`];
  });
  return kind === 'active'
    ? ['Override: ', ...parts]
    : ['A link asks to load ', ...parts, '. Is that your own server?'];
};

const button = (text: string, action: () => void): HTMLButtonElement => {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', action);
  return made;
};

const css = `
:host { position: fixed; inset: auto auto 0.75rem 0.75rem; z-index: 90; display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; max-inline-size: calc(100vw - 1.5rem); box-sizing: border-box; padding: 0.5rem 0.75rem; border: 2px dashed #1b1613; border-radius: 0.5rem; background: #ffd43b; color: #1b1613; font: 14px/1.4 system-ui, sans-serif; }
p { margin: 0; overflow-wrap: anywhere; }
button { min-block-size: 2rem; padding: 0 0.75rem; border: 1px solid #1b1613; border-radius: 0.375rem; background: #fff; color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
button:focus-visible { outline: 3px solid #1b1613; outline-offset: 2px; }
`;
