/** What stands around the catalogue in the shop, as far as it asks anything of it. */
import { answer, CartAddItem, ChatOpen, emit, ShellNavigate, ShellNavigated } from '@souk/shared-events/browser';

type CartMood = 'takes it' | 'refuses' | 'breaks' | 'never answers' | 'is not there';
type ChatMood = 'opens' | 'never answers' | 'is not there';
type ShellMood = 'navigates' | 'is not there';

/** The other parts of the page, to be told how to behave. */
export interface StandIns {
  readonly cart: (mood: CartMood) => void;
  readonly chat: (mood: ChatMood) => void;
  readonly shell: (mood: ShellMood) => void;
  /** Shows the element of the page's address. */
  readonly show: () => void;
}

const never = new Promise<never>(() => {});

/** Puts cart, chat and shell beside the catalogue. */
export function standIns(): StandIns {
  let count = 0;
  const show = (): void => {
    const { pathname, search } = location;
    const tag = tagAt(pathname);
    const stage = document.querySelector('#stage')!;
    // As in the shop: another path is another element, another query is not.
    if (stage.getAttribute('data-path') !== pathname) {
      stage.setAttribute('data-path', pathname);
      stage.replaceChildren(...(tag ? [document.createElement(tag)] : ['Not a page of the catalogue.']));
    }
    emit(window, new ShellNavigated({ path: pathname + search }));
  };
  const go = (path: string, replace: boolean): void => {
    history[replace ? 'replaceState' : 'pushState'](null, '', path);
    show();
    if (!replace) scrollTo(0, 0);
  };

  return {
    show,
    cart: replaceable((mood: CartMood, signal) => {
      if (mood === 'is not there') return;
      const take = ({ quantity }: { quantity: number }) => ({
        count: (count += quantity),
        totalCents: count * 2500,
        currency: 'EUR' as const,
      });
      const moods = {
        'takes it': take,
        refuses: () => {
          throw Object.assign(new Error('Only 2 of these are left.'), { code: 'not-enough-stock' });
        },
        breaks: () => {
          throw new Error('the cart is broken');
        },
        'never answers': () => never,
      };
      answer(CartAddItem, (payload) => moods[mood](payload), { signal });
    }),
    chat: replaceable((mood: ChatMood, signal) => {
      if (mood === 'is not there') return;
      answer(ChatOpen, () => (mood === 'opens' ? { opened: true as const } : never), { signal });
    }),
    shell: replaceable((mood: ShellMood, signal) => {
      if (mood === 'is not there') return;
      answer(ShellNavigate, ({ path, replace = false }) => (go(path, replace), { path }), { signal });
      window.addEventListener('popstate', show, { signal });
      window.addEventListener('click', (event) => follow(event, go), { signal });
    }),
  };
}

function tagAt(pathname: string): string | undefined {
  if (pathname === '/') return 'catalog-home';
  if (pathname === '/search' || pathname.startsWith('/c/')) return 'catalog-list';
  return pathname.startsWith('/p/') ? 'catalog-product' : undefined;
}

function follow(event: MouseEvent, go: (path: string, replace: boolean) => void): void {
  const link = event.composedPath().find((each) => each instanceof HTMLAnchorElement);
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.pathname + link.search, false);
}

/** Each call ends what the one before has begun. */
function replaceable<Mood>(begin: (mood: Mood, signal: AbortSignal) => void): (mood: Mood) => void {
  let ending = new AbortController();
  return (mood) => {
    ending.abort();
    ending = new AbortController();
    begin(mood, ending.signal);
  };
}
