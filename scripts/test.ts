// `npm test`: everything, with a closing line that adds up what ran.
import { browserPackages, buildChanged } from './build.ts';
import { checks } from './check.ts';
import { findChromium } from './chromium.ts';
import { countLastLine, countPlaywright, countVitest, reportFile, runSteps, type Step } from './steps.ts';

const vitest: Step = {
  name: 'unit and integration tests',
  command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`],
  count: countVitest,
};

const browserTests = (folder: string): Step => ({
  name: `in a browser: ${folder}`,
  command: ['wtr', '--config', 'web-test-runner.config.mjs'],
  cwd: folder,
  count: countLastLine,
});

const journeys: Step = {
  name: 'journeys through the built shop',
  command: ['playwright', 'test', '--reporter=list,json'],
  cwd: 'e2e',
  env: { PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile },
  count: countPlaywright,
};

const shortProof = (name: string): Step => ({
  name: `proof: ${name}, short form`,
  command: ['node', 'e2e/prove/main.ts', name, '--short'],
  count: countLastLine,
});

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
const { passed, failed } = await runSteps([...checks, vitest, ...inBrowser, journeys, ...proofs]);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
