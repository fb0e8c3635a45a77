import { css } from 'lit';

/** Look of the editor's surroundings. */
export const queryStyles = css`
  .ask {
    display: grid;
    gap: var(--souk-space-2);
  }
  .choice {
    display: inline-flex;
    align-items: center;
    gap: var(--souk-space-1);
    min-block-size: 32px;
    color: var(--souk-ink);
    font-weight: 600;
    font-size: var(--souk-text-sm);
  }
  .choice input {
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
    accent-color: var(--souk-accent);
  }
  .as-of {
    display: flex;
    align-items: center;
    gap: var(--souk-space-2);
    margin-inline-start: auto;
    white-space: nowrap;
  }
  .as-of input {
    inline-size: 16rem;
    max-inline-size: 55cqi;
  }
  :host {
    container: query / inline-size;
  }
  .shelf {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
    gap: 0 var(--souk-space-5);
    align-items: start;
    margin-block: var(--souk-space-2) var(--souk-space-3);
  }
  .shelf ul {
    display: grid;
    gap: var(--souk-space-1);
    max-block-size: 18rem;
    padding: 2px;
    overflow: auto;
  }
  .pick {
    justify-content: start;
    inline-size: 100%;
    border-color: transparent;
    color: var(--souk-ink);
    font-weight: 400;
    text-align: start;
  }
  .pick .text {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .language-mark {
    flex: none;
    inline-size: 2.6rem;
    color: var(--souk-ink-2);
    font: 600 var(--souk-text-xs) var(--ops-mono);
  }
  ops-editor + .actions {
    justify-content: start;
  }
  @container query (inline-size < 34rem) {
    .shortcut {
      display: none;
    }
  }
`;
