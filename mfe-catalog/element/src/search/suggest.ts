import type { Suggestions } from '@souk/catalog-api';
import { getJson, RequestProblem } from '../get-json.ts';
import { chosenText, suggestionList, type Option } from './suggestion-list.ts';

/** What the search box gives to its suggestions. */
export interface SuggestOptions {
  readonly input: HTMLInputElement;
  /** Where the list is put. */
  readonly root: ShadowRoot;
  /** Goes to a page of the shop. */
  readonly go: (path: string) => void;
  readonly signal: AbortSignal;
}

/** A pause in typing of so many milliseconds is worth a question. */
const pauseMs = 80;

/**
 * Suggests while one types: a combobox whose list box holds links to shelves and products. The text in the field stays the
 * shopper's own; Enter without a choice searches for it. Of several answers on their way only the last asked for counts.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ (list autocomplete with manual selection)
 */
export function startSuggestions({ input, root, go, signal }: SuggestOptions): void {
  const list = suggestionList(root);
  let asking = new AbortController();
  let pause: ReturnType<typeof setTimeout> | undefined;
  let active = -1;

  const close = () => {
    clearTimeout(pause);
    asking.abort();
    list.hide();
    mark(-1);
    input.ariaExpanded = 'false';
  };

  const mark = (index: number) => {
    active = index;
    const option = list.mark(index);
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
  };

  const suggest = async (): Promise<void> => {
    asking.abort();
    asking = new AbortController();
    const { signal: superseded } = asking;
    const q = input.value.trim();
    if (q === '') return close();
    try {
      const path = `/api/catalog/suggestions?q=${encodeURIComponent(q)}`;
      const found = await getJson<Suggestions>(path, { signal: superseded });
      list.show(q, found);
      mark(-1);
      input.ariaExpanded = String(list.options.length > 0);
    } catch (error) {
      if (superseded.aborted) return;
      // Without suggestions one can still search.
      if (!(error instanceof RequestProblem)) throw error;
      close();
    }
  };

  const suggestSoon = () => {
    clearTimeout(pause);
    pause = setTimeout(() => void suggest(), pauseMs);
  };

  const take = (option: Option) => {
    const { path } = option;
    input.value = chosenText(option) ?? input.value;
    close();
    go(path);
  };

  const keys: Readonly<Record<string, (event: KeyboardEvent) => void>> = {
    ArrowDown(event) {
      event.preventDefault();
      if (!list.isShown) return event.altKey ? void suggest() : suggestSoon();
      if (!event.altKey) mark(active + 1 >= list.options.length ? -1 : active + 1);
    },
    ArrowUp(event) {
      event.preventDefault();
      if (!list.isShown) return suggestSoon();
      if (event.altKey) close();
      else mark(active === -1 ? list.options.length - 1 : active - 1);
    },
    Enter(event) {
      const option = list.options[active];
      if (!list.isShown || !option) return close();
      event.preventDefault();
      take(option);
    },
    Escape(event) {
      // A first Escape closes the list, a second one empties the field, as browsers do.
      if (!list.isShown) return;
      event.preventDefault();
      close();
    },
    // The cursor is in the field: it moves there, and the list has none any more.
    Home: () => mark(-1),
    End: () => mark(-1),
    ArrowLeft: () => mark(-1),
    ArrowRight: () => mark(-1),
    Tab: close,
  };

  input.addEventListener('input', suggestSoon, { signal });
  input.addEventListener('keydown', (event) => event.isComposing || keys[event.key]?.(event), { signal });
  input.addEventListener('blur', close, { signal });
  // The field keeps the focus: a press on the list must not close it before the click comes.
  list.element.addEventListener('pointerdown', (event) => event.preventDefault(), { signal });
  list.element.addEventListener(
    'click',
    (event) => {
      const option = list.optionAt(event.target);
      if (option) take(option);
    },
    { signal },
  );
  signal.addEventListener('abort', close);
  // What was typed while this was on its way.
  if (root.activeElement === input && input.value.trim() !== '') suggestSoon();
}
