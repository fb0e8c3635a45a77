import { createElement, type FunctionComponent } from 'react';
import { createRoot } from 'react-dom/client';
import type { Mount } from './define-element.ts';
import type { Model } from './model.ts';
import { Badge, Page } from './views.tsx';

const mount =
  (View: FunctionComponent<{ model: Model }>): Mount =>
  (box, model) => {
    const app = createRoot(box);
    app.render(createElement(View, { model }));
    return () => app.unmount();
  };

/** The page. */
export const mountPage = mount(Page);

/** The badge. */
export const mountBadge = mount(Badge);
