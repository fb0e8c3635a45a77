import { render, type TemplateResult } from 'lit';
import type { Mount } from './define-element.ts';
import type { Model } from './model.ts';
import { badge, page } from './views.ts';

const mount =
  (view: (model: Model) => TemplateResult): Mount =>
  (box, model) => {
    const draw = () => void render(view(model), box);
    draw();
    return model.onChange(draw);
  };

/** The page. */
export const mountPage = mount(page);

/** The badge. */
export const mountBadge = mount(badge);
