import { css, html, type TemplateResult } from 'lit';
import type { SagaStatus, SagaStep } from './http.ts';

/** A state as a word with a colour; the word says all. */
export function stateMark(state: SagaStatus | SagaStep['state']): TemplateResult {
  return html`<span class="state" data-state=${state}>${state}</span>`;
}

/** Its look. */
export const stateStyles = css`
  .state {
    display: inline-flex;
    align-items: center;
    gap: var(--souk-space-1);
    font-weight: 600;
    white-space: nowrap;
  }
  .state::before {
    content: '';
    inline-size: 10px;
    block-size: 10px;
    border: 2px solid var(--mark, var(--souk-ink-2));
    border-radius: 50%;
    background: var(--fill, transparent);
    forced-color-adjust: none;
  }
  .state:is([data-state='completed'], [data-state='succeeded']) {
    --mark: var(--souk-good);
    --fill: var(--souk-good);
  }
  .state[data-state='running'] {
    --mark: var(--souk-accent);
  }
  .state:is([data-state='compensating'], [data-state='compensated'], [data-state='skipped']) {
    --mark: var(--souk-warn);
  }
  .state:is([data-state='parked'], [data-state='failed']) {
    --mark: var(--souk-bad);
    --fill: var(--souk-bad);
  }
`;
