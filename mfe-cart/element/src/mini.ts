// Entry `mini`: light enough for every page. No framework; the pages are fetched when somebody is about to go there.
import { answerAddItem } from './add-item.ts';
import { CartMini } from './cart-mini.ts';

if (!customElements.get('cart-mini')) customElements.define('cart-mini', CartMini);
answerAddItem();

export { CartMini };
