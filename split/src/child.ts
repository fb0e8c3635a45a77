import { fork } from 'node:child_process';
import { join } from 'node:path';

/** What a process is made from. */
export interface ChildSpec {
  /** `cart`, or `gateway`. */
  readonly name: string;
  /** Folder of its read models, from 1; of a gateway its place among them. */
  readonly slot: number;
  /** Root of the project whose code it runs. */
  readonly from: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of a gateway. */
  readonly port?: number;
}

/** A process that is ready to serve. */
export interface Child {
  readonly spec: ChildSpec;
  readonly pid: number;
  readonly address: string;
  /** Of the code it runs. */
  readonly version: string;
  /** Made up by this very start. */
  readonly newStaffPassword?: string;
  /** Resolves when it is gone, for whatever reason. */
  readonly gone: Promise<void>;
  /** Lets it finish what it has at hand; after 15 seconds it is killed. */
  stop(): Promise<void>;
}

/** The process did not come up; it has told why on standard error. */
export class ChildFailed extends Error {
  readonly code = 'child-failed';
  constructor(name: string) {
    super(`${name} did not start; see above`);
    this.name = 'ChildFailed';
  }
}

const STOP_WITHIN_MS = 15_000;

/**
 * Starts a process and resolves when it serves. It ends with this one, however this one ends.
 * @param onWanted hears which backends a gateway misses
 * @throws {ChildFailed}
 */
export const startChild = async (spec: ChildSpec, onWanted: (backend: string) => void): Promise<Child> => {
  const { name, slot, from, env, port } = spec;
  const file = join(from, 'split/src', port === undefined ? 'backend-process.ts' : 'gateway-process.ts');
  const args = port === undefined ? [name, String(slot)] : [String(port)];
  // Not in the terminal's process group: Ctrl-C reaches this process, which closes the others in order.
  const child = fork(file, args, { env, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const served = new Promise<Ready>((resolve) => {
    child.on('message', (said: Ready | Wanted) => ('wanted' in said ? onWanted(said.wanted) : resolve(said)));
  });
  const ready = await Promise.race([served, gone]);
  if (ready === undefined) throw new ChildFailed(name);

  return {
    spec,
    pid: child.pid!,
    address: ready.ready,
    version: ready.version,
    ...(ready.newStaffPassword === undefined ? {} : { newStaffPassword: ready.newStaffPassword }),
    gone,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await gone;
      clearTimeout(timer);
    },
  };
};

interface Wanted {
  readonly wanted: string;
}

interface Ready {
  readonly ready: string;
  readonly version: string;
  readonly newStaffPassword?: string;
}
