import type { ProductCard, Suggestions } from '@souk/catalog-api';
import { categoryAddress, productAddress } from '../addresses.ts';
import { priceOf } from '../parts/price.ts';
import css from './suggest.css?inline';
import { words } from '../words/index.ts';

/** Something to go to. */
export interface Option {
  readonly path: string;
  /** Words that the field takes over; a product or a shelf leaves them. */
  readonly words?: string;
  readonly element: HTMLElement;
}

/** What the field says after a choice. */
export const chosenText = (option: Option): string | undefined => option.words;

/** The list box under the field. */
export interface SuggestionList {
  readonly element: HTMLElement;
  readonly isShown: boolean;
  readonly options: readonly Option[];
  /** @returns the option's element; none is marked where there is no such index */
  mark(index: number): HTMLElement | undefined;
  show(q: string, found: Suggestions): void;
  hide(): void;
  optionAt(target: EventTarget | null): Option | undefined;
}

/** Puts an empty list box and its live region into the search's shadow root. */
export function suggestionList(root: ShadowRoot): SuggestionList {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const element = make('div', 'suggestions');
  element.id = listId;
  element.role = 'listbox';
  element.ariaLabel = words().search.suggestions;
  element.hidden = true;
  const status = make('p', 'spoken');
  status.role = 'status';
  root.append(element, status);
  let options: Option[] = [];

  const add = (option: Option): HTMLElement => {
    option.element.role = 'option';
    option.element.ariaSelected = 'false';
    option.element.id = `option-${options.length}`;
    options.push(option);
    return option.element;
  };

  return {
    element,
    get isShown() {
      return !element.hidden;
    },
    get options() {
      return options;
    },
    mark(index) {
      for (const [at, option] of options.entries()) option.element.ariaSelected = String(at === index);
      const marked = options[index]?.element;
      marked?.scrollIntoView({ block: 'nearest' });
      return marked;
    },
    show(q, { correctedTo, shelves, products, total }) {
      options = [];
      const searched = correctedTo ?? q;
      const search: Option = { path: searchAddress(searched), words: searched, element: make('div', 'words') };
      search.element.append(
        correctedTo === undefined ? words().search.allFor : words().search.didYouMean,
        mark(searched),
        count(total),
      );
      const all = [
        ...shelves.map(({ slug, title, count: inIt }) => {
          const option = { path: categoryAddress(slug), element: make('div', 'shelf') };
          option.element.append(bdi(title), small(words().search.shelf), count(inIt));
          return option;
        }),
        ...products.map(productOption),
      ];
      const isAny = total > 0 || shelves.length > 0;
      element.replaceChildren(...(isAny ? [search, ...all] : []).map(add));
      element.hidden = !isAny;
      status.textContent = isAny ? words().search.found(options.length) : words().search.none;
    },
    hide() {
      element.hidden = true;
      status.textContent = '';
    },
    optionAt: (target) => options.find((option) => target instanceof Node && option.element.contains(target)),
  };
}

/** What the field names as its list. */
const listId = 'suggestions';

const searchAddress = (text: string): string => `/search?q=${encodeURIComponent(text)}`;

function productOption(card: ProductCard): Option {
  const element = make('div', 'product');
  const frame = make('span', 'thumb');
  if (card.picture) {
    const img = document.createElement('img');
    Object.assign(img, { alt: '', width: 44, height: 44, decoding: 'async', sizes: '44px' });
    if (card.picture.srcset) img.srcset = card.picture.srcset;
    img.src = card.picture.src;
    frame.append(img);
  }
  const price = make('span', 'price');
  price.textContent = card.available ? priceOf(card) : words().soldOut;
  element.append(frame, bdi(card.title), price);
  return { path: productAddress(card.slug), element };
}

function make(tag: string, className: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

function bdi(text: string): HTMLElement {
  const element = make('bdi', 'name');
  element.textContent = text;
  return element;
}

function mark(text: string): HTMLElement {
  const element = make('bdi', 'typed');
  element.textContent = words().list.quoted(text);
  return element;
}

function small(text: string): HTMLElement {
  const element = make('small', 'kind');
  element.textContent = text;
  return element;
}

function count(number: number): HTMLElement {
  const element = make('span', 'price');
  element.textContent = String(number);
  return element;
}
