import { retainedStates } from '@souk/shared-events/browser';
import type { Frontend } from '../page-data.ts';
import { createBoundaries } from './boundaries.ts';
import type { Entry } from './entry.ts';
import { exportTest } from './export-test.ts';
import { logOfTrace } from './log-of-trace.ts';
import { createPanel } from './panel.ts';
import { replay, replayable } from './replay.ts';
import { createRow, type Row } from './row.ts';
import { css } from './style.ts';
import { watchCalls } from './watch-calls.ts';
import { watchEvents } from './watch-events.ts';
import { whoIn } from './who.ts';

/** What the inspector needs. */
export interface InspectorOptions {
  readonly frontends: readonly Frontend[];
  /** Staff may read the log, so what an HTTP request caused is shown to them. */
  readonly isStaff: boolean;
}

/** The toolbar over the page. Loaded on the first Alt+E; closed, it leaves nothing behind. */
export interface Inspector {
  toggle(): void;
}

/** Most rows that are kept; the oldest go. */
const maxRows = 500;

/** Shows what passes on the page from the moment it is opened, and the states that are retained by then. */
export const createInspector = (options: InspectorOptions): Inspector => {
  let shown: AbortController | undefined;
  return {
    toggle() {
      if (shown) return shown.abort();
      shown = new AbortController();
      shown.signal.addEventListener('abort', () => (shown = undefined));
      open(options, shown);
    },
  };
};

const open = ({ frontends, isStaff }: InspectorOptions, opened: AbortController): void => {
  const { signal } = opened;
  const names = frontends.map(({ name }) => name);
  const before = document.activeElement as HTMLElement | null;
  const rows = new Map<Entry, Row>();
  const who = whoIn(frontends);
  let filter = '';
  let isPaused = false;
  /** Where the recording began, and what it has; the last one is kept until the next. */
  let recording: { readonly path: string; readonly entries: Entry[]; isOn: boolean } | undefined;

  const frames = createBoundaries(who, signal);
  const panel = createPanel({
    frames: frames.show,
    pause: (isOn) => {
      isPaused = isOn;
      panel.say(isOn ? 'Paused: what passes is not noted.' : '');
    },
    record: (isOn) => {
      if (isOn) recording = { path: location.pathname + location.search, entries: [], isOn };
      else if (recording) recording.isOn = false;
      panel.say(isOn ? 'Recording …' : `Recorded ${count(recording?.entries.length ?? 0)}.`);
    },
    replay: () => {
      const again = replayable(chosen());
      for (const entry of again) events.asReplay(() => replay(entry));
      panel.say(`Sent ${count(again.length)} again.`);
    },
    export: () => {
      const path = recording?.path ?? location.pathname + location.search;
      panel.showExport(exportTest(path, chosen()), 'recorded.spec.ts');
    },
    clear: () => {
      for (const { item } of rows.values()) item.remove();
      rows.clear();
      panel.say('');
    },
    filter: (text) => {
      filter = text.trim().toLowerCase();
      for (const [entry, row] of rows) row.item.hidden = !fits(entry);
    },
    close: () => opened.abort(),
  });
  const chosen = (): readonly Entry[] => recording?.entries ?? [...rows.keys()];
  const fits = ({ kind, type, sender }: Entry): boolean => `${kind} ${type} ${sender}`.toLowerCase().includes(filter);
  const logOf = isStaff ? (traceId: string) => logOfTrace(traceId, signal) : undefined;

  const show = (entry: Entry): void => {
    const known = rows.get(entry);
    if (known) return known.update();
    if (isPaused) return;
    if (recording?.isOn && entry.kind !== 'retained') recording.entries.push(entry);
    const row = createRow(entry, { who, logOf });
    row.item.hidden = !fits(entry);
    rows.set(entry, row);
    panel.list.prepend(row.item);
    const oldest = rows.keys().next().value;
    if (rows.size > maxRows && oldest) {
      rows.get(oldest)?.item.remove();
      rows.delete(oldest);
    }
  };

  const host = document.createElement('aside');
  host.className = 'souk-inspector';
  host.setAttribute('aria-label', 'Inspector');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  root.append(frames.box, panel.box);
  root.addEventListener('keydown', (event) => (event as KeyboardEvent).key === 'Escape' && opened.abort());
  document.body.append(host);
  signal.addEventListener('abort', () => {
    host.remove();
    before?.focus({ preventScroll: true });
  });

  const events = watchEvents({ names, onEntry: show, signal });
  watchCalls(events, names, signal);
  for (const [type, detail] of retainedStates()) events.add({ kind: 'retained', type, detail, sender: 'before' });
  frames.show(true);
  panel.search.focus();
};

const count = (number: number): string => (number === 1 ? '1 event' : `${number} events`);
