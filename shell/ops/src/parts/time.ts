import { css, html, type TemplateResult } from 'lit';
import { absoluteOf, ageOf } from './ages.ts';

/** The age of something; the time itself where the pointer or the focus is. */
export function age(time: string, now: number): TemplateResult {
  const ms = now - Date.parse(time);
  return html`<time datetime=${time}
    ><span class="age">${Number.isNaN(ms) ? time : `${ageOf(ms)} ago`}</span
    ><span class="absolute">${absoluteOf(time)}</span></time
  >`;
}

/** Its look; the one that is to be shown in full has the class `timed`. */
export const timeStyles = css`
  time {
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .absolute,
  .timed:is(:hover, :focus-visible) .age {
    display: none;
  }
  .timed:is(:hover, :focus-visible) .absolute {
    display: inline;
  }
`;
