// Entry `pages`: the cart, the checkout and the order, and with them Svelte.
import type { Component } from 'svelte';
import CartCheckout from './CartCheckout.svelte';
import CartOrder from './CartOrder.svelte';
import CartPage from './CartPage.svelte';

define('cart-page', CartPage);
define('cart-checkout', CartCheckout);
define('cart-order', CartOrder);

/** Svelte puts the element class of a component on the component. */
function define(tag: string, component: Component<never> | Component): void {
  const { element } = component as unknown as { element: CustomElementConstructor };
  if (!customElements.get(tag)) customElements.define(tag, element);
}
