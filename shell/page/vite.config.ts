import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtContract, contractAt, describeBuild, esModules, outputOf, packageVersion } from '@souk/vite-plugin-mfe';
import { defineConfig, type ViteBuilder } from 'vite';
import { manifest } from './manifest.ts';

export default defineConfig({
  plugins: [esModules({ shell: 'src/main.ts', page: 'src/page.css' })],
  // light-dark() as it is: lowering it would double the sheet for browsers that cannot run the modules anyway.
  build: { cssTarget: ['chrome123', 'firefox120', 'safari17.5'] },
  builder: { buildApp },
});

async function buildApp(builder: ViteBuilder): Promise<void> {
  const { root } = builder.config;
  const output = outputOf(await builder.build(builder.environments.client!));
  const { entries, files, contentHash } = await describeBuild({ dist: join(root, 'dist'), output, hasStyles: true });
  const { file: script, imports } = entries.shell!;
  const style = files.find(({ type }) => type === 'text/css')!.path;
  const contract = builtContract(manifest.name, manifest.contract, await contractAt(root));
  const version = `${await packageVersion(root)}-${contentHash(contract)}`;
  await writeFile(
    join(root, 'dist/page.json'),
    `${JSON.stringify({ version, script, style, imports, files, contract }, null, 2)}\n`,
  );
}
