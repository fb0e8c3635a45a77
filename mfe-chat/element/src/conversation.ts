/**
 * `<chat-conversation about-kind="product" about-id="fes-tile">`: the shopper's conversation with the shop. It fills
 * its box, so give it a height.
 *
 * @fires chat:unread-changed when messages have been read here
 */
import { defineCustomElement } from 'vue';
import ConversationApp from './ConversationApp.vue';
import conversationCss from './styles/conversation.css?inline';
import { threadCss } from './thread-css.ts';
import { define, withSheets } from './with-sheets.ts';

define('chat-conversation', withSheets(defineCustomElement(ConversationApp), [...threadCss, conversationCss]));
