import type { Mount } from './define-element.ts';
import { choices, countText, starsIn, starsText, type Shown } from './model.ts';

/** The page: the form stays as it is, everything around it is drawn anew after each change. */
export const mountPage: Mount = (box, model) => {
  const around = make('div', { className: 'page' });
  const form = make('form', {}, [
    make('label', { htmlFor: 'stars', textContent: 'Stars' }),
    make(
      'select',
      { id: 'stars', name: 'stars' },
      choices.map((stars) => new Option(starsText(stars), String(stars))),
    ),
    make('button', { textContent: 'Add' }),
  ]);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    model.add(starsIn(form));
  });
  const again = make('button', { type: 'button', textContent: 'Try again' });
  again.addEventListener('click', model.load);

  const bodyOf = ({ status, entries, problem }: Shown): readonly HTMLElement[] => {
    if (status === 'loading') return [statusLine('Loading …')];
    if (status === 'failed') return [alertBox(make('p', { textContent: 'This cannot be shown right now.' }), again)];
    const items = entries.map(({ stars }) => make('li', { textContent: starsText(stars) }));
    return [
      form,
      ...(problem ? [alertBox(make('p', { textContent: problem }))] : []),
      items.length > 0 ? make('ul', {}, items) : make('p', { className: 'quiet', textContent: 'Nothing here yet.' }),
    ];
  };
  const draw = (): void => {
    const { shown } = model;
    form.querySelector('button')!.disabled = shown.isSending;
    const wanted = [
      make('h1', { textContent: 'Sample' }),
      ...bodyOf(shown),
      make('p', { className: 'quiet', textContent: `${shown.inCart} in your cart` }),
    ];
    // The form is not taken out, or it would lose the focus.
    for (const old of [...around.children]) if (!wanted.includes(old as HTMLElement)) old.remove();
    const at = wanted.indexOf(form);
    if (!form.isConnected || at < 0) return around.replaceChildren(...wanted);
    form.before(...wanted.slice(0, at));
    form.after(...wanted.slice(at + 1));
  };

  box.append(around);
  draw();
  return model.onChange(draw);
};

/** The badge: how many there are. */
export const mountBadge: Mount = (box, model) => {
  const link = make('a', { href: '/sample' });
  box.append(make('p', { className: 'badge' }, ['Sample: ', link]));
  const draw = (): void => void (link.textContent = countText(model.shown.entries.length));
  draw();
  return model.onChange(draw);
};

const statusLine = (text: string) => withRole('status', make('p', { className: 'wait', textContent: text }));
const alertBox = (...children: HTMLElement[]) => withRole('alert', make('div', { className: 'problem' }, children));

function withRole(role: string, element: HTMLElement): HTMLElement {
  element.setAttribute('role', role);
  return element;
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
