import { createSignal, onCleanup, type Accessor } from 'solid-js';
import { render } from 'solid-js/web';
import type { Mount } from './define-element.ts';
import type { Model, Shown } from './model.ts';
import { badge, page, type View } from './views.ts';

const mount =
  (view: View): Mount =>
  (box, model) =>
    render(() => view(model, shownOf(model)), box);

/** What the model shows, as a signal; until the root that it is called in is gone. */
function shownOf(model: Model): Accessor<Shown> {
  const [shown, setShown] = createSignal(model.shown);
  onCleanup(model.onChange(() => setShown(model.shown)));
  return shown;
}

/** The page. */
export const mountPage = mount(page);

/** The badge. */
export const mountBadge = mount(badge);
