// The shop's own backends behind tiny pages, as a process of its own: for tests that ask it over HTTP alone.
import { main } from '../main.ts';
import { tinyParts } from './tiny-parts.ts';

const { pageDir, mfeDirs } = tinyParts();
await main(process.env, { pageDir, mfeDirs });
