import { readFile } from 'node:fs/promises';
import { checkDeployment, gateInput } from '@souk/shell-registry/gate';
import type { ContractDocument } from '@souk/shell-registry/gate';
import { shopOptions, type Command, type Input } from '../command.ts';
import { describeProblems } from '../deploy/problems.ts';
import { readFolder } from '../deploy/read-folder.ts';
import { CommandFailed } from '../errors.ts';
import { findShop } from '../shop/find-shop.ts';

/** `souk check [FOLDER] [--against FILE] [--canary]` */
export const checkCommand: Command = {
  name: 'check',
  summary: 'Says whether the build of a micro frontend could be deployed, before anything is sent',
  positionals: ['FOLDER?'],
  options: {
    ...shopOptions,
    against: { type: 'string', value: 'FILE', summary: 'a saved GET /registry/contract, in place of a shop that runs' },
    canary: { type: 'boolean', summary: 'as a canary, beside the version that is live' },
  },
  notes: [
    'It checks every file, and the events of the build against those of everything that is live, as "souk deploy" does.\n' +
      'Exit code 1 when it would be refused. FOLDER is the package or its dist (default: the folder you are in).',
    'For a pull request, save the contract of the shop: curl -o contract.json SHOP/registry/contract',
  ],
  async run(input) {
    const { manifest } = await readFolder(input.positionals[0] ?? '.');
    const contract = await contractOf(input);
    const problems = checkDeployment(gateInput(manifest, contract, input.options['canary'] === true));
    const { name, version } = manifest;
    input.output.result(
      () =>
        problems.length === 0
          ? `${name} ${version} fits everything that is live; deploy it with: souk deploy`
          : `${name} ${version} would be refused:\n${describeProblems(problems)}`,
      () => ({ name, version, ok: problems.length === 0, problems }),
    );
    return problems.length === 0 ? 0 : 1;
  },
};

async function contractOf({ options, env }: Input): Promise<ContractDocument> {
  const { against } = options;
  if (typeof against !== 'string') {
    const url = await findShop(options['url'], env);
    const response = await fetch(`${url}/registry/contract`).catch((cause: unknown) => {
      throw new CommandFailed(`${url} went away`, { cause });
    });
    return contractIn(await response.text(), `${url}/registry/contract`);
  }
  const text = await readFile(against, 'utf8').catch((cause: unknown) => {
    throw new CommandFailed(`"${against}" cannot be read; save it with: curl -o ${against} SHOP/registry/contract`, {
      cause,
    });
  });
  return contractIn(text, `"${against}"`);
}

function contractIn(text: string, where: string): ContractDocument {
  let document: Partial<ContractDocument> | undefined;
  try {
    document = JSON.parse(text) as Partial<ContractDocument>;
  } catch {
    // told below
  }
  if (Array.isArray(document?.participants)) return document as ContractDocument;
  throw new CommandFailed(`${where} is no contract of a shop; it must be what GET /registry/contract gives`);
}
