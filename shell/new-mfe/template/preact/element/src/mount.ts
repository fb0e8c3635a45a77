import { h, render, type FunctionComponent } from 'preact';
import type { Mount } from './define-element.ts';
import type { Model } from './model.ts';
import { Badge, Page } from './views.tsx';

const mount =
  (View: FunctionComponent<{ model: Model }>): Mount =>
  (box, model) => {
    render(h(View, { model }), box);
    return () => render(null, box);
  };

/** The page. */
export const mountPage = mount(Page);

/** The badge. */
export const mountBadge = mount(Badge);
