/** HTML that is safe to put into HTML. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand between pieces of HTML. */
export type Part = Html | string | number | readonly Html[] | undefined;

/** Escapes everything that is not HTML already. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, index) => text + (index < parts.length ? textOf(parts[index]) : '')).join(''));
}

function textOf(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map((each) => each.text).join('');
  return String(part).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text of our own that is HTML already: a style sheet, a tag's name. */
export function trusted(text: string): Html {
  return new Html(text);
}

/** JSON for a script element: nothing in it can end the element. */
export function jsonForScript(data: unknown): Html {
  return new Html((JSON.stringify(data) ?? 'null').replaceAll('<', '\\u003c'));
}
