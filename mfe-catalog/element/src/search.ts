import { ask, listen, ShellLocaleChanged, ShellNavigate, ShellNavigated } from '@souk/shared-events/browser';
import css from './search.css?inline';
import { searchWords } from './search-words.ts';

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/**
 * The search box of the header. Framework-free, because it is on every page; a plain form that leads to `/search`.
 * @element catalog-search
 * @fires shell:navigate - asks for the page of what was typed
 */
class CatalogSearch extends HTMLElement {
  #ended = new AbortController();

  connectedCallback(): void {
    this.#ended = new AbortController();
    const { signal } = this.#ended;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    const { form, input, button } = makeForm();
    root.replaceChildren(form);

    form.addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        this.#go(`/search?q=${encodeURIComponent(input.value.trim())}`);
        // Away from the field, or a phone's keyboard would cover what was found; not to nowhere, or the keyboard's user is lost.
        button.focus();
      },
      { signal },
    );
    input.addEventListener('focus', () => void this.#suggest(root, input, signal), { signal, once: true });
    // The box says what the page shows, and nothing on pages that are no search.
    listen(ShellNavigated, () => (input.value = searchedWords()), { signal });
    const speak = () => {
      const { label, submit } = searchWords();
      input.placeholder = label;
      input.ariaLabel = label;
      button.ariaLabel = submit;
    };
    listen(ShellLocaleChanged, speak, { signal });
    speak();
    input.value = searchedWords();
  }

  disconnectedCallback(): void {
    this.#ended.abort();
  }

  /** Comes when somebody means to search: others do not pay for it. Without it the form still searches. */
  async #suggest(root: ShadowRoot, input: HTMLInputElement, signal: AbortSignal): Promise<void> {
    const { startSuggestions } = await import('./search/suggest.ts');
    if (!signal.aborted) startSuggestions({ input, root, signal, go: (path) => this.#go(path) });
  }

  #go(path: string): void {
    ask(this, new ShellNavigate({ path })).catch(() => location.assign(path));
  }
}

function searchedWords(): string {
  return location.pathname === '/search' ? (new URLSearchParams(location.search).get('q') ?? '') : '';
}

function makeForm(): { form: HTMLFormElement; input: HTMLInputElement; button: HTMLButtonElement } {
  const form = document.createElement('form');
  form.action = '/search';
  form.role = 'search';
  const input = document.createElement('input');
  input.type = 'search';
  input.name = 'q';
  input.maxLength = 200;
  input.autocomplete = 'off';
  input.enterKeyHint = 'search';
  // A combobox from the start, or its role would change under the reader's fingers; the list comes with the focus.
  input.role = 'combobox';
  input.ariaExpanded = 'false';
  input.ariaAutoComplete = 'list';
  input.ariaHasPopup = 'listbox';
  input.setAttribute('aria-controls', 'suggestions');
  const button = document.createElement('button');
  button.append(magnifier());
  form.append(input, button);
  return { form, input, button };
}

function magnifier(): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm5 11.5L20 20');
  svg.append(path);
  return svg;
}

if (!customElements.get('catalog-search')) customElements.define('catalog-search', CatalogSearch);
