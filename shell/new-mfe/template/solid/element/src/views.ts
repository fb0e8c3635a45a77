import type { Accessor, JSX } from 'solid-js';
import h from 'solid-js/h';
import { choices, countText, starsIn, starsText, type Model, type Shown } from './model.ts';

// Solid's templates for JSX set innerHTML, which the page's Trusted Types refuse; `h` makes the same nodes one by one.

/** Draws once; what changes stands in functions. */
export type View = (model: Model, shown: Accessor<Shown>) => JSX.Element;

/** What the visitor has given, and a form for more. */
export const page: View = (model, shown) => {
  const form = formOf(model, shown);
  return h('div', { class: 'page' }, [
    h('h1', {}, 'Sample'),
    () => ({ loading, failed: () => failed(model), ready: () => [form, ...given(shown())] })[shown().status](),
    h('p', { class: 'quiet' }, () => `${shown().inCart} in your cart`),
  ])();
};

/** How many there are. */
export const badge: View = (_model, shown) =>
  h('p', { class: 'badge' }, ['Sample: ', h('a', { href: '/sample' }, () => countText(shown().entries.length))])();

const loading = () => h('p', { class: 'wait', role: 'status' }, 'Loading …')();

const failed = (model: Model) =>
  h('div', { class: 'problem', role: 'alert' }, [
    h('p', {}, 'This cannot be shown right now.'),
    h('button', { type: 'button', onClick: () => model.load() }, 'Try again'),
  ])();

const given = ({ entries, problem }: Shown) => [
  problem && h('p', { class: 'problem', role: 'alert' }, problem)(),
  entries.length > 0
    ? h(
        'ul',
        {},
        entries.map(({ stars }) => h('li', {}, starsText(stars))),
      )()
    : h('p', { class: 'quiet' }, 'Nothing here yet.')(),
];

function formOf(model: Model, shown: Accessor<Shown>): JSX.Element {
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    model.add(starsIn(event.currentTarget as HTMLFormElement));
  };
  return h('form', { onSubmit }, [
    h('label', { for: 'stars' }, 'Stars'),
    h(
      'select',
      { id: 'stars', name: 'stars' },
      choices.map((stars) => h('option', { value: stars }, starsText(stars))),
    ),
    h('button', { disabled: () => shown().isSending }, 'Add'),
  ])();
}
