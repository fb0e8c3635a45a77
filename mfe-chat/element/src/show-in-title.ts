import { ChatUnreadChanged, listen } from '@souk/shared-events/browser';

const count = /^\(\d+\+?\) /;

/** Shows in the document's title how many answers are unread, whoever changes the title meanwhile. */
export function showInTitle(unread: () => number, signal: AbortSignal): void {
  const show = () => {
    const plain = document.title.replace(count, '');
    const number = unread();
    const title = number === 0 ? plain : `(${number > 99 ? '99+' : number}) ${plain}`;
    if (document.title !== title) document.title = title;
  };
  listen(ChatUnreadChanged, show, { signal });
  const changes = new MutationObserver(show);
  changes.observe(document.head, { childList: true, subtree: true, characterData: true });
  signal.addEventListener('abort', () => changes.disconnect(), { once: true });
}
