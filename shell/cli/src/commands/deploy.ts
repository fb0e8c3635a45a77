import type { GateProblem } from '@souk/shell-registry/gate';
import { shopOptions, type Command } from '../command.ts';
import { describeProblems } from '../deploy/problems.ts';
import { readFolder } from '../deploy/read-folder.ts';
import { CommandFailed, WrongUse } from '../errors.ts';
import { asDeployer } from '../rollout/as-deployer.ts';
import { describe, type Deployment } from '../rollout/deployment.ts';

/** `souk deploy [FOLDER] [--canary 10]` */
export const deployCommand: Command = {
  name: 'deploy',
  summary: 'Sends the build of a micro frontend to the shop: live for everybody, or for a share of the sessions',
  positionals: ['FOLDER?'],
  options: {
    ...shopOptions,
    canary: { type: 'string', value: 'PERCENT', summary: 'only for so many percent of the sessions; 0 only stores it' },
  },
  notes: [
    'With SOUK_TOKEN set it is done as that team, else as staff. Sending the same build again changes nothing.\n' +
      'A version that would break what is live is refused, with what to do; "souk check" says the same before.',
    'FOLDER is the package or its dist (default: the folder you are in).',
  ],
  async run(input) {
    const { canary } = input.options;
    if (typeof canary === 'string' && !(/^\d{1,3}$/.test(canary) && Number(canary) <= 100)) {
      throw new WrongUse(`souk deploy: --canary: "${canary}" is no share; give a whole number from 0 to 100`);
    }
    const build = await readFolder(input.positionals[0] ?? '.');
    const { name, version } = build.manifest;
    const { packBuild } = await import('@souk/shell-registry/build');
    const archive = await packBuild(build);
    const path = `/registry/mfe/${name}/${version}${typeof canary === 'string' ? `?canary=${Number(canary)}` : ''}`;
    try {
      const deployed = await asDeployer(input, async (request) => {
        const body = inPieces(archive, (sent) => {
          input.output.progress(
            () => `${name} ${version}: ${percentOf(sent, archive.length)} of ${kilobytes(archive.length)} sent`,
          );
        });
        const headers = { 'content-type': 'application/gzip' };
        return (await (await request(path, { method: 'PUT', body, headers })).json()) as Deployed;
      });
      input.output.result(
        () => [describe(deployed.deployment), nextOf(deployed)].join('\n'),
        () => deployed,
      );
      return 0;
    } catch (error) {
      throw withProblems(error, `${name} ${version}`);
    } finally {
      input.output.endProgress();
    }
  },
};

interface Deployed {
  readonly name: string;
  readonly version: string;
  readonly isNew: boolean;
  readonly deployment: Deployment;
}

const pieceBytes = 64 * 1024;

function inPieces(content: Uint8Array, onSent: (bytes: number) => void): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      if (sent >= content.length) return controller.close();
      controller.enqueue(content.subarray(sent, sent + pieceBytes));
      sent = Math.min(sent + pieceBytes, content.length);
      onSent(sent);
    },
  });
}

function nextOf({ name, version, isNew, deployment: { stable, canary } }: Deployed): string {
  const before = isNew ? '' : 'It was in the registry already. ';
  if (canary?.version === version) return `${before}Next: souk promote ${name}, or souk rollback ${name}`;
  if (stable === version) return `${before}It holds from the next page view on. The way back: souk rollback ${name}`;
  return `${before}Nobody gets ${version} yet. Next: souk promote ${name} ${version}`;
}

/** A refusal by the gate is told problem by problem, one by its token with where to get another. */
function withProblems(error: unknown, what: string): unknown {
  if (!(error instanceof CommandFailed)) return error;
  const { code, problems } = (error.problem ?? {}) as { code?: string; problems?: readonly GateProblem[] };
  if (code === 'contract-broken' && problems !== undefined) {
    return new CommandFailed(`${what} is refused:\n${describeProblems(problems)}`, { cause: error });
  }
  if (error.status !== 401 && error.status !== 403) return error;
  const hint = 'set SOUK_TOKEN to a token of your team; staff make one with: souk tokens create TEAM MFE';
  return new CommandFailed(`${error.message}; ${hint}`, { cause: error });
}

function percentOf(part: number, whole: number): string {
  return `${Math.round((part / whole) * 100)} %`;
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KB`;
}
