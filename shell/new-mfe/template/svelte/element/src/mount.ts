import { mount, unmount, type Component } from 'svelte';
import Badge from './Badge.svelte';
import type { Mount } from './define-element.ts';
import type { Model } from './model.ts';
import Page from './Page.svelte';

const mountView =
  (View: Component<{ model: Model }>): Mount =>
  (box, model) => {
    const view = mount(View, { target: box, props: { model } });
    return () => void unmount(view);
  };

/** The page. */
export const mountPage = mountView(Page);

/** The badge. */
export const mountBadge = mountView(Badge);
