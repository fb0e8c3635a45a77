import base from './styles/base.css?inline';
import buttons from './styles/buttons.css?inline';
import cart from './styles/cart.css?inline';
import forms from './styles/forms.css?inline';
import goods from './styles/goods.css?inline';
import messages from './styles/messages.css?inline';
import order from './styles/order.css?inline';

const shared = { base, buttons, messages, goods };

/**
 * The style sheets of each page by name, in the order of the cascade: what all share, then its own. Nested components
 * have none of their own. Text, because the server writes them into the first view.
 */
export const pageCss = {
  'cart-page': { ...shared, cart },
  'cart-checkout': { ...shared, forms },
  'cart-order': { ...shared, forms, order },
} as const;
