import { css, html, nothing, type TemplateResult } from 'lit';
import './parked.ts';

/** Pages of the staff, in the order of the tabs. */
const pages = [
  { path: '/ops/events', title: 'Events' },
  { path: '/ops/sagas', title: 'Sagas' },
  { path: '/ops/deployments', title: 'Deployments' },
] as const;

/** Path of one of the pages. */
type OpsPath = (typeof pages)[number]['path'];

/** The head of each page: which one it is, and the way to the others. */
export function header(current: OpsPath): TemplateResult {
  const title = pages.find(({ path }) => path === current)?.title ?? '';
  return html`<header class="ops-header">
    <h1>${title}</h1>
    <nav aria-label="Operations">
      ${pages.map(
        ({ path, title: name }) =>
          html`<a href=${path} aria-current=${path === current ? 'page' : 'false'}
            >${name}${path === '/ops/sagas' ? html`<ops-parked></ops-parked>` : nothing}</a
          >`,
      )}
    </nav>
  </header>`;
}

/** Its look. */
export const headerStyles = css`
  .ops-header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--souk-space-2) var(--souk-space-5);
    margin-block-end: var(--souk-space-4);
  }
  .ops-header nav {
    display: flex;
    flex-wrap: wrap;
    gap: var(--souk-space-1);
  }
  .ops-header a {
    padding: var(--souk-space-2) var(--souk-space-3);
    border-radius: var(--souk-radius-sm);
    font-weight: 600;
    text-decoration: none;
  }
  .ops-header a[aria-current='page'] {
    background: var(--souk-accent-soft);
  }
`;
