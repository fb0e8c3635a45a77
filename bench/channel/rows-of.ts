/** Runs another benchmark and prints its rows. */
import type { Benchmark } from '../row.ts';

const { run } = (await import(`../${process.argv[2]}/index.ts`)) as Benchmark;
const rows = await run();
console.log(JSON.stringify(rows));
process.exit(0);
