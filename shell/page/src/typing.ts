/** Knows whether somebody has begun to write something that is not sent yet. */
export interface Typing {
  isHalfDone(): boolean;
}

/** Fields whose text is lost with the page. What is searched for stands in the address; a choice takes effect at once. */
const written = 'textarea, input:is(:not([type]), [type=text], [type=email], [type=tel], [type=url], [type=password])';

/**
 * Watches what people type, inside open shadow roots too. A field counts until it is empty or gone: elements empty their
 * fields when they have sent them.
 */
export const watchTyping = (signal: AbortSignal): Typing => {
  const touched = new Set<HTMLElement>();
  window.addEventListener(
    'input',
    (event) => {
      const [field] = event.composedPath();
      if (field instanceof HTMLElement && (field.matches(written) || field.isContentEditable)) touched.add(field);
    },
    { signal, capture: true },
  );
  return {
    isHalfDone: () => {
      for (const field of touched) if (!field.isConnected || textOf(field) === '') touched.delete(field);
      return touched.size > 0;
    },
  };
};

const textOf = (field: HTMLElement): string =>
  (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : field.innerText).trim();
