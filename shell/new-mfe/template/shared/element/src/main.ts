import { defineElement } from './define-element.ts';
import { mountBadge, mountPage } from './mount.ts';

/**
 * `<sample-page>`: what the visitor has given, and a form for more. `<sample-badge>`: how much that is, on every page.
 * @fires sample:changed - after an entry was added
 */
defineElement('sample-page', mountPage);
defineElement('sample-badge', mountBadge);
