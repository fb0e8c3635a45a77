/** Where somebody was in the markup of the server, in words that fit the markup that replaces it. */
export interface Whereabouts {
  readonly tag: string;
  readonly name: string;
  /** What was typed and not sent yet. */
  readonly typed?: string;
}

/** Where the focus is in a shadow root, if anywhere. */
export function whereabouts(root: ShadowRoot | null): Whereabouts | undefined {
  const active = root?.activeElement;
  if (!active) return undefined;
  const isTyped = active instanceof HTMLInputElement && active.value !== active.defaultValue;
  return { tag: active.localName, name: nameOf(active), ...(isTyped && { typed: active.value }) };
}

/** Puts the focus there again, and what was typed as if it were typed now. */
export function restore(root: ShadowRoot, { tag, name, typed }: Whereabouts): void {
  const again = [...root.querySelectorAll<HTMLElement>(tag)].find((element) => nameOf(element) === name);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (typed === undefined || !(again instanceof HTMLInputElement)) return;
  again.value = typed;
  again.dispatchEvent(new Event('change', { bubbles: true }));
}

const nameOf = (element: Element): string => element.ariaLabel ?? element.textContent.trim();
