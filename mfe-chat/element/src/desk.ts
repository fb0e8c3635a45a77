/**
 * `<chat-desk>`: where staff see who waits and answer. For staff only; the server decides who that is.
 */
import { defineCustomElement } from 'vue';
import DeskApp from './desk/DeskApp.vue';
import deskCss from './styles/desk.css?inline';
import dialogCss from './styles/desk-dialog.css?inline';
import inboxCss from './styles/inbox.css?inline';
import sideCss from './styles/desk-side.css?inline';
import { threadCss } from './thread-css.ts';
import { define, withSheets } from './with-sheets.ts';

define('chat-desk', withSheets(defineCustomElement(DeskApp), [...threadCss, deskCss, inboxCss, sideCss, dialogCss]));
