// `npm test`: everything, with a closing line that adds up what ran.
import { browserPackages, buildChanged } from './build.ts';
import { checks } from './check.ts';
import { findChromium } from './chromium.ts';
import { countLastLine, countPlaywright, countVitest, failedFiles, reportFile, runSteps, type Step } from './steps.ts';

const runVitest = ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
const vitest: Step = {
  name: 'unit and integration tests',
  command: runVitest,
  count: countVitest,
  again: (report) => [...runVitest, '--no-file-parallelism', ...failedFiles(report)],
};

const runInBrowser = ['wtr', '--config', 'web-test-runner.config.mjs'];
const browserTests = (folder: string): Step => ({
  name: `in a browser: ${folder}`,
  command: runInBrowser,
  cwd: folder,
  count: countLastLine,
  again: () => runInBrowser,
});

const runJourneys = ['playwright', 'test', '--reporter=list,json'];
const journeys: Step = {
  name: 'journeys through the built shop',
  command: runJourneys,
  cwd: 'e2e',
  env: { PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile },
  count: countPlaywright,
  again: () => [...runJourneys, '--last-failed', '--workers=1'],
};

function shortProof(name: string): Step {
  const command = ['node', 'e2e/prove/main.ts', name, '--short'];
  return { name: `proof: ${name}, short form`, command, count: countLastLine, again: () => command };
}

try {
  const chromium = await findChromium();
  console.log(`browser: ${chromium}`);
  await buildChanged();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('\n0 passed, 1 failed');
  process.exit(1);
}

const proofs = ['walls', 'channel', 'checkout', 'push', 'deploy', 'replace', 'frameworks'].map(shortProof);
const inBrowser = browserPackages.map(browserTests);
const { passed, failed } = await runSteps([...checks, vitest, ...inBrowser, journeys, ...proofs], {
  secondTry: process.env.CI !== undefined,
});
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
