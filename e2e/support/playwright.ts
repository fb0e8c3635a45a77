/** The one place that names Playwright, so that scripts outside this package can use its copy. */
export { chromium } from 'playwright-core';
