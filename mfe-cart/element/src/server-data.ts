/** What the server rendered this element from, so that it can show the same at once; undefined in a fresh element. */
export function serverData<Data>(element: HTMLElement): Data | undefined {
  const script = element.querySelector('script[type="application/json"]');
  if (script === null) return undefined;
  // Read once: an element that comes back to the page later asks the backend.
  script.remove();
  return (JSON.parse(script.textContent) as Data | null) ?? undefined;
}
