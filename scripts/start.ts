// `npm start`: builds what has changed and serves the shop.
import { buildChanged } from './build.ts';

try {
  await buildChanged();
  const { main } = await import('../local/src/main.ts');
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
