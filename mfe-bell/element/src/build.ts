// Elements are built by hand: a string of HTML would need a Trusted Types policy.

/** An element with attributes and children. */
export function h(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Lines in a square of 24. */
export function icon(d: string): SVGElement {
  const [svg, path] = ['svg', 'path'].map((name) => document.createElementNS('http://www.w3.org/2000/svg', name));
  svg!.setAttribute('viewBox', '0 0 24 24');
  svg!.setAttribute('aria-hidden', 'true');
  path!.setAttribute('d', d);
  svg!.append(path!);
  return svg as SVGElement;
}
