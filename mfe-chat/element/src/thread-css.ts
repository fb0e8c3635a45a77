import base from './styles/base.css?inline';
import composer from './styles/composer.css?inline';
import message from './styles/message.css?inline';
import thread from './styles/thread.css?inline';

/** The style sheets of a conversation with its message box: the shopper's panel and the desk add their own. */
export const threadCss: readonly string[] = [base, thread, message, composer];
