import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Vite's dev server of a micro frontend, as a process of its own. */
export interface DevServer {
  /** `http://localhost:<port>` */
  readonly origin: string;
  close(): Promise<void>;
}

const startMs = 60_000;

/**
 * Starts it in a folder. Unlike `npx vite` there, it may read everything: the folder is a copy whose packages are links to
 * elsewhere.
 * @throws Error with what it said
 */
export async function startDevServer(folder: string): Promise<DevServer> {
  const script = `
    const { createServer } = await import('vite');
    const server = await createServer({
      cacheDir: ${JSON.stringify(join(folder, '.vite'))},
      server: { host: 'localhost', port: 0, fs: { strict: false } },
    });
    await server.listen();
    console.log('ready http://localhost:' + server.httpServer.address().port);
    process.on('disconnect', () => process.exit());`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    ...{ cwd: folder, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let said = '';
  const origin = await new Promise<string>((resolve, reject) => {
    const fail = () => reject(new Error(`the dev server did not start; it said:\n${said}`));
    const late = setTimeout(fail, startMs);
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text) => {
        said += String(text);
        const ready = /^ready (\S+)$/m.exec(said)?.[1];
        if (ready === undefined) return;
        clearTimeout(late);
        resolve(ready);
      });
    void ended.then(fail);
  });
  return {
    origin,
    async close() {
      child.kill();
      await ended;
    },
  };
}
