import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { shopOptions, type Command, type Input } from '../command.ts';
import { CommandFailed } from '../errors.ts';
import { describeFile, type ProductFile } from '../import/product-file.ts';
import { summaryOf, progressOf, type ImportResult } from '../import/report.ts';
import { upload } from '../import/upload.ts';
import { addressOf, answers } from '../shop/find-shop.ts';
import { signIn } from '../shop/sign-in.ts';
import { staffPasswordOf } from '../shop/staff-password.ts';
import { startOwnShop } from '../shop/start-shop.ts';

/** `souk import FILE.csv` */
export const importCommand: Command = {
  name: 'import',
  summary: 'Takes the goods of a product CSV, in the columns that Shopify exports, into the shop',
  positionals: ['FILE.csv'],
  options: {
    ...shopOptions,
    errors: { type: 'string', value: 'FILE', summary: 'write every refused row to FILE as "line N: reason"' },
    strict: { type: 'boolean', summary: 'exit with 1 when a row was refused' },
  },
  notes: [
    'A row that is wrong is told with its line and reason, and the rest goes on. Running it again changes nothing.',
    'If no shop runs at the usual address, one is started on DATA_DIR for the time of the import. The staff password is\n' +
      'taken from STAFF_PASSWORD, or else from the secrets.json of DATA_DIR.',
  ],
  async run(input) {
    const file = await describeFile(input.positionals[0] ?? '', input.env);
    const shop = await openShop(input);
    try {
      const result = await importInto(shop.url, file, input);
      await writeErrors(result, input);
      input.output.result(
        () => summaryOf(result, input.options['errors'] === undefined),
        () => result,
      );
      return input.options['strict'] === true && result.errors.length > 0 ? 1 : 0;
    } finally {
      input.output.endProgress();
      await shop.close();
    }
  },
};

/** The shop that runs, or one of our own. A shop that somebody asked for by its address is never replaced. */
async function openShop({ options, env, output }: Input): Promise<{ url: string; close(): Promise<void> }> {
  const address = addressOf(options['url'], env);
  if (await answers(address)) return { url: address.url, close: async () => {} };
  if (address.given) throw new CommandFailed(`no shop answers at ${address.url}; start it, or leave --url out`);
  output.note(`No shop answers at ${address.url}: starting one for the time of the import …`);
  const shop = await startOwnShop(env, (line) => output.note(line));
  if (shop.newStaffPassword !== undefined) {
    output.note(`staff password (made up just now, shown only this once): ${shop.newStaffPassword}`);
  }
  return shop;
}

async function importInto(url: string, file: ProductFile, { env, output }: Input): Promise<ImportResult> {
  const session = await signIn(url, staffPasswordOf(env));
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  try {
    const report = await upload({ url, file, cookie: session.cookie }, (state) => {
      output.progress(() => progressOf({ ...state, totalBytes: file.bytes, seconds: seconds() }));
    });
    return { file: file.path, bytes: file.bytes, seconds: Number(seconds().toFixed(3)), ...report };
  } finally {
    await session.signOut();
  }
}

async function writeErrors({ errors }: ImportResult, { options }: Input): Promise<void> {
  const path = options['errors'];
  if (typeof path !== 'string') return;
  const file = createWriteStream(path);
  try {
    for (const { line, reason } of errors) file.write(`line ${line}: ${reason}\n`);
    file.end();
    await once(file, 'finish');
  } catch (cause) {
    throw new CommandFailed(`the import is done, but "${path}" cannot be written: ${(cause as Error).message}`, {
      cause,
    });
  }
}
