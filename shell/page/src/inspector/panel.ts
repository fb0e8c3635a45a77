import { make } from './make.ts';

/** What the buttons do. */
export interface PanelActions {
  readonly frames: (isOn: boolean) => void;
  readonly pause: (isOn: boolean) => void;
  readonly record: (isOn: boolean) => void;
  readonly replay: () => void;
  readonly export: () => void;
  readonly clear: () => void;
  readonly filter: (text: string) => void;
  readonly close: () => void;
}

/** The toolbar and the list. */
export interface Panel {
  readonly box: HTMLElement;
  readonly list: HTMLOListElement;
  readonly search: HTMLInputElement;
  say(text: string): void;
  /** Shows what was exported, to be read, copied or saved. */
  showExport(text: string, fileName: string): void;
}

/** Plain elements; what happens is the inspector's. Arrow keys go from row to row. */
export const createPanel = (actions: PanelActions): Panel => {
  const status = make('p', { className: 'status' });
  status.setAttribute('role', 'status');
  const search = make('input', { type: 'search', placeholder: 'Filter' });
  search.setAttribute('aria-label', 'Filter events');
  search.addEventListener('input', () => actions.filter(search.value));
  const list = make('ol', { className: 'events' });
  list.setAttribute('aria-label', 'Events');
  const exported = make('div', { className: 'exported', hidden: true });

  const tools = make('div', { className: 'tools' }, [
    make('strong', { textContent: 'Inspector' }),
    toggle('Boundaries', true, actions.frames),
    toggle('Pause', false, actions.pause),
    toggle('Record', false, actions.record),
    push('Replay', actions.replay),
    push('Export', actions.export),
    push('Clear', actions.clear),
    search,
    push('Close', actions.close),
  ]);
  tools.setAttribute('role', 'toolbar');
  tools.setAttribute('aria-label', 'Inspector');
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const rows = [...list.querySelectorAll<HTMLElement>('li:not([hidden]) > .row')];
    const now = rows.indexOf((list.getRootNode() as ShadowRoot).activeElement as HTMLElement);
    const next = rows[now + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  return {
    box: make('section', { className: 'panel' }, [tools, status, exported, list]),
    list,
    search,
    say: (text) => void (status.textContent = text),
    showExport(text, fileName) {
      const code = make('textarea', { value: text, readOnly: true, rows: 8 });
      code.setAttribute('aria-label', 'Playwright test');
      const save = make('a', { textContent: `Save ${fileName}`, download: fileName });
      save.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
      const done = push('Done', () => {
        URL.revokeObjectURL(save.href);
        exported.hidden = true;
        exported.replaceChildren();
      });
      exported.replaceChildren(code, make('p', {}, [save, done]));
      exported.hidden = false;
      code.select();
      code.focus();
    },
  };
};

const push = (text: string, action: () => void): HTMLButtonElement => {
  const button = make('button', { type: 'button', textContent: text });
  button.addEventListener('click', action);
  return button;
};

const toggle = (text: string, isOn: boolean, action: (isOn: boolean) => void): HTMLButtonElement => {
  const button = push(text, () => {
    const next = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(next));
    action(next);
  });
  button.setAttribute('aria-pressed', String(isOn));
  return button;
};
