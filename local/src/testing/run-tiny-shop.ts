// A shop of tiny parts as a process of its own, for tests of starting and stopping.
import { main } from '../main.ts';
import { tinyBackend, tinyParts } from './tiny-parts.ts';

const { pageDir, mfeDirs } = tinyParts();
try {
  await main(process.env, { pageDir, mfeDirs, backends: [tinyBackend('tiny'), tinyBackend('other')] });
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
