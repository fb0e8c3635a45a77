import css from './pages.css?inline';
import { withStyles } from './with-styles.ts';

/** The one sheet of all cart pages; nested components have no styles of their own. */
export const styles = withStyles('cart-pages', css);
