import { css, html, nothing, type TemplateResult } from 'lit';
import './ops-deploy-act.ts';
import type { DeployAct, Deployment, Health } from './http.ts';

/** What is live of each micro frontend: the stable version and the canary beside each other. */
export function liveView(mfes: readonly Deployment[], health: readonly Health[], done: () => void): TemplateResult {
  return html`<ul class="mfes">
    ${mfes.map((mfe) => html`<li class="mfe panel">${one(mfe, health, done)}</li>`)}
  </ul>`;
}

function one(mfe: Deployment, health: readonly Health[], done: () => void): TemplateResult {
  const { name, stable, canary, live } = mfe;
  const owner = live[0]?.owner;
  const columns = [
    ...(stable === undefined ? [] : [{ version: stable, title: 'Stable', share: 100 - (canary?.percent ?? 0) }]),
    ...(canary === undefined ? [] : [{ version: canary.version, title: 'Canary', share: canary.percent }]),
  ];
  const told = columns.map(({ version }) => health.find((each) => each.name === name && each.version === version));
  const row = (title: string, read: (health: Health) => string) =>
    html`<tr>
      <th scope="row">${title}</th>
      ${told.map((each) => html`<td>${each && each.sessions > 0 ? read(each) : '–'}</td>`)}
    </tr>`;
  return html`<div class="head">
      <h2>${name}</h2>
      ${owner === undefined ? nothing : html`<span class="quiet-text">${owner}</span>`}
    </div>
    ${
      columns.length === 0
        ? html`<p class="notice bad">Nothing of it is live.</p>`
        : html`<div class="numbers" tabindex="0" role="group" aria-label=${`How ${name} does`}>
            <table>
              <thead>
                <tr>
                  <th scope="col"><span class="visually-hidden">Figure</span></th>
                  ${columns.map(
                    ({ title, version, share }) =>
                      html`<th scope="col" data-role=${title}>
                        ${title} <span class="quiet-text">${share} %</span><br /><span class="mono">${version}</span>
                      </th>`,
                  )}
                </tr>
              </thead>
              <tbody>
                ${told.some((each) => each && each.sessions > 0) ? figures(row) : nothing}
              </tbody>
            </table>
            ${told.some((each) => each && each.sessions > 0) ? nothing : html`<p class="quiet-text">No page has told anything in the last hour.</p>`}
          </div>`
    }
    <ops-deploy-act .name=${name} .acts=${actsOf(mfe)} .done=${done}></ops-deploy-act>`;
}

/** What pages tell, a row each. */
function figures(row: (title: string, read: (health: Health) => string) => TemplateResult): TemplateResult {
  return html`${row('Sessions, last hour', ({ sessions }) => String(sessions))}
  ${row('Did not come up', ({ startFailed, sessions }) => shareOf(startFailed, sessions))}
  ${row('Failed', ({ failed, sessions }) => shareOf(failed, sessions))}
  ${row('Stands after, median', ({ loadedMs }) => (loadedMs ? `${loadedMs.p50} ms` : '–'))}
  ${row('Stands after, 95 %', ({ loadedMs }) => (loadedMs ? `${loadedMs.p95} ms` : '–'))}
  ${row('Events per session', ({ eventsPerSession }) => eventsPerSession.toFixed(1))}`;
}

/** What can be done now, in the order in which it is likely. */
export function actsOf({ stable, canary, previous, blocked }: Deployment): readonly DeployAct[] {
  if (canary) {
    const { version } = canary;
    return [
      { kind: 'promote', version },
      { kind: 'rollback', version },
      { kind: 'block', version },
    ];
  }
  const to = previous.find((version) => version !== stable && !blocked.includes(version));
  if (stable === undefined || to === undefined) return [];
  return [
    { kind: 'rollback', version: stable, to },
    { kind: 'block', version: stable },
  ];
}

const shareOf = (count: number, all: number): string => `${count} (${((count / all) * 100).toFixed(1)} %)`;

/** Its look. */
export const liveStyles = css`
  .mfes {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr));
    gap: var(--souk-space-4);
  }
  .mfe {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--souk-space-3);
    align-content: start;
    padding: var(--souk-space-4);
  }
  .mfe .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--souk-space-2);
  }
  .numbers {
    overflow-x: auto;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: var(--souk-space-1) var(--souk-space-2);
    border-block-end: 1px solid var(--souk-line);
    text-align: start;
    vertical-align: baseline;
  }
  th {
    font-weight: 600;
  }
  tbody th[scope='row'] {
    color: var(--souk-ink-2);
    font-weight: 400;
  }
  tr[aria-current='true'] {
    background: var(--souk-accent-soft);
  }
  th[data-role='Canary'] {
    border-block-end: 2px dashed var(--souk-warn);
  }
  th .mono {
    font-weight: 400;
    overflow-wrap: anywhere;
  }
`;
