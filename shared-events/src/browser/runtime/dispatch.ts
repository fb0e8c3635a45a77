/**
 * Dispatches from where the sender stands. A sender that has left the document meanwhile (its page was closed while it
 * waited for its backend) would reach nobody: its event goes to the window directly.
 */
export function dispatch(target: EventTarget, event: Event): void {
  ((target as Partial<Node>).isConnected === false ? window : target).dispatchEvent(event);
}
