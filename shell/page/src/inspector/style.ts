/** The look, from the page's tokens: it stands on the page, and must be told from it. */
export const css = `
:host { position: fixed; inset: 0; z-index: 2147483000; pointer-events: none; color: var(--souk-ink); font: 13px/1.45 var(--souk-font); }
[hidden] { display: none !important; }
.frames > div { position: fixed; box-sizing: border-box; border: 2px dashed var(--souk-bad); }
.frames span { position: absolute; inset: 0 auto auto 0; max-inline-size: 100%; padding: 0 4px; overflow: hidden; background: var(--souk-bad); color: var(--souk-bg); font: 11px/1.5 ui-monospace, monospace; text-overflow: ellipsis; white-space: nowrap; }
.panel { position: fixed; inset: auto 0 0 0; display: flex; flex-direction: column; max-block-size: min(50dvh, 26rem); border-block-start: 3px solid var(--souk-accent); background: var(--souk-surface); box-shadow: var(--souk-shadow-2); pointer-events: auto; }
.tools { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; padding: 6px 10px; border-block-end: 1px solid var(--souk-line); background: var(--souk-surface-2); }
.tools strong { margin-inline-end: 6px; }
button, input, textarea { box-sizing: border-box; border: 1px solid var(--souk-ink-2); border-radius: 6px; background: var(--souk-surface); color: inherit; font: inherit; }
button { min-block-size: 30px; padding: 2px 10px; cursor: pointer; }
button[aria-pressed='true'] { border-color: var(--souk-accent); background: var(--souk-accent); color: var(--souk-on-accent); }
input { flex: 1 1 8rem; min-inline-size: 6rem; min-block-size: 30px; padding: 2px 8px; }
:focus-visible { outline: 3px solid var(--souk-focus); outline-offset: 1px; }
.status { margin: 0; padding: 2px 10px; color: var(--souk-ink-2); }
.status:empty { display: none; }
.events { flex: 1; min-block-size: 6rem; margin: 0; padding: 0; overflow: auto; list-style: none; }
.events > li { border-block-end: 1px solid var(--souk-line); }
.row { display: flex; flex-wrap: wrap; gap: 2px 10px; align-items: baseline; inline-size: 100%; padding: 4px 10px; border: 0; border-radius: 0; background: none; text-align: start; }
.row:hover { background: var(--souk-surface-2); }
.row:focus-visible { outline-offset: -3px; }
.time { min-inline-size: 4.5em; color: var(--souk-ink-2); font-variant-numeric: tabular-nums; }
.kind { min-inline-size: 4.5em; color: var(--souk-accent); }
[data-kind='request'] .kind { color: var(--souk-warm); font-weight: 600; }
.type { font-weight: 600; overflow-wrap: anywhere; }
.way { color: var(--souk-ink-2); overflow-wrap: anywhere; }
.mark { padding: 0 6px; border-radius: 99px; background: var(--souk-accent-soft); }
.mark.bad { background: var(--souk-bad-soft); color: var(--souk-bad); }
.more { padding: 2px 10px 10px; background: var(--souk-bg); }
dl { margin: 0; }
dl > div { display: grid; grid-template-columns: 6rem 1fr; gap: 2px 10px; padding-block: 2px; }
dt { color: var(--souk-ink-2); }
dd { margin: 0; min-inline-size: 0; overflow-wrap: anywhere; }
pre { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; font: 12px/1.4 ui-monospace, monospace; }
dd ul, dd ol { margin: 0; padding-inline-start: 1.2em; }
.trace { color: var(--souk-ink-2); font: 11px/1.5 ui-monospace, monospace; }
.exported { padding: 8px 10px; border-block-end: 1px solid var(--souk-line); }
.exported p { display: flex; gap: 12px; align-items: center; margin: 6px 0 0; }
.exported a { color: var(--souk-accent); }
textarea { inline-size: 100%; padding: 6px; font: 12px/1.4 ui-monospace, monospace; }
@media (width < 40rem) { .panel { max-block-size: 60dvh; } dl > div { grid-template-columns: 1fr; } }
`;
