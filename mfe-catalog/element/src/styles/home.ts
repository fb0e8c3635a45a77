import { css } from 'lit';

/** The front of the shop. */
export const home = css`
  section + section {
    margin-block-start: var(--souk-space-8);
  }
  h2 {
    margin-block-end: var(--souk-space-5);
  }
  .hero {
    position: relative;
    display: grid;
    border-radius: var(--souk-radius-lg);
    background: var(--souk-surface-2);
    overflow: hidden;
  }
  .hero.blank {
    min-block-size: 20rem;
    margin-block-end: var(--souk-space-7);
  }
  .hero-picture img {
    inline-size: 100%;
    aspect-ratio: 16 / 9;
    object-fit: cover;
  }
  .hero-text {
    display: grid;
    gap: var(--souk-space-4);
    align-content: center;
    justify-items: start;
    padding: var(--souk-space-6) var(--souk-space-5);
  }
  .hero-text h1 {
    font-size: clamp(2.125rem, 1.5rem + 2.6vw, 4.25rem);
    letter-spacing: -0.015em;
    line-height: 1.08;
  }
  .hero-text p {
    max-inline-size: 38ch;
    font-size: var(--souk-text-lg);
    color: var(--souk-ink-2);
    text-wrap: pretty;
  }
  .hero-text .ways {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--souk-space-3) var(--souk-space-5);
    max-inline-size: none;
    margin-block-start: var(--souk-space-2);
    font-size: var(--souk-text-md);
  }
  .ways a:not(.button) {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--souk-tap);
  }
  @media (width >= 56rem) {
    .hero {
      grid-template-columns: minmax(22rem, 5fr) 7fr;
      align-items: stretch;
      block-size: clamp(25rem, 33vw, 38rem);
    }
    .hero-picture {
      order: 2;
      min-block-size: 0;
    }
    .hero-picture img {
      block-size: 100%;
      aspect-ratio: auto;
    }
    .hero-text {
      padding: var(--souk-space-7);
    }
  }
  /* Eight shelves and eight first products: rows of two or four leave no gap. */
  .shelves,
  .featured .grid {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--souk-space-6) var(--souk-space-4);
  }
  @media (width >= 56rem) {
    .shelves,
    .featured .grid {
      grid-template-columns: repeat(4, minmax(0, 1fr));
      column-gap: var(--souk-space-5);
    }
  }
  .shelf {
    display: grid;
    color: inherit;
    text-decoration: none;
  }
  .shelf-frame {
    aspect-ratio: 3 / 2;
    margin-block-end: var(--souk-space-3);
    border-radius: var(--souk-radius-md);
    background: var(--souk-surface-2);
    overflow: hidden;
  }
  .shelf-frame img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    transition: scale var(--souk-calm) var(--souk-ease);
  }
  .shelf:hover img {
    scale: 1.03;
  }
  .shelf-title {
    font: 500 var(--souk-text-xl) / 1.2 var(--souk-font-display);
    overflow-wrap: anywhere;
  }
  .shelf:hover .shelf-title {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .shelf-text {
    margin-block: var(--souk-space-1);
    color: var(--souk-ink-2);
    text-wrap: pretty;
  }
  @media (width < 40rem) {
    .shelf-text {
      display: none;
    }
  }
  .shelf-count {
    color: var(--souk-ink-2);
    font-size: var(--souk-text-sm);
  }
`;
