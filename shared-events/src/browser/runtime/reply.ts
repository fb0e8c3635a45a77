/** What came of a request, as plain JSON. */
export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly error: { readonly code: string; readonly message: string; readonly taken?: boolean };
    };

/** Detail of a `<type>:reply` event on the window. */
export type ReplyDetail = Outcome & { readonly requestId: string };

/** Event type of the replies to a request. */
export const replyType = (type: string): string => `${type}:reply`;

/** Sends what came of a request back to its asker, wherever on the page that is. */
export function reply(type: string, requestId: string, outcome: Outcome): void {
  const detail: ReplyDetail = { requestId, ...outcome };
  window.dispatchEvent(new CustomEvent(replyType(type), { detail: Object.freeze(detail) }));
}
