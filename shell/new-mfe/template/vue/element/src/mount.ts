import { createApp, type Component } from 'vue';
import BadgeView from './BadgeView.vue';
import type { Mount } from './define-element.ts';
import PageView from './PageView.vue';

const mount =
  (View: Component): Mount =>
  (box, model) => {
    const app = createApp(View, { model });
    app.mount(box);
    return () => app.unmount();
  };

/** The page. */
export const mountPage = mount(PageView);

/** The badge. */
export const mountBadge = mount(BadgeView);
