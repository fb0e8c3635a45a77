import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { allCommands } from './commands/index.ts';
import { souk } from './testing/run-souk.ts';
import { tempFile, tempFolder } from './testing/temp-folder.ts';

const commands = await allCommands();

const nowhere = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
};

it.each([[[]], [['help']], [['--help']]])('%j lists every command', async (args) => {
  const { code, stdout, stderr } = await souk(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const width = Math.max(...commands.map(({ name }) => name.length));
  for (const { name, summary } of commands) expect(stdout).toContain(`${name.padEnd(width)}  ${summary}`);
});

it.each(commands.map(({ name }) => name))('help tells all about "%s", in both ways to ask', async (name) => {
  const [one, other] = await Promise.all([souk(['help', ...name.split(' ')]), souk([...name.split(' '), '--help'])]);
  expect(one).toEqual({ ...other, code: 0, stderr: '' });
  expect(one.stdout).toContain(`npm run souk -- ${name}`);
});

it('--json makes the list of commands one document', async () => {
  const { stdout } = await souk(['help', '--json']);
  expect(JSON.parse(stdout)).toEqual(commands.map(({ name, summary }) => ({ name, summary })));
});

it('a reader who has read enough, such as head, ends it without a word', async () => {
  const main = join(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, [main, 'help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const stderr = (await child.stderr.setEncoding('utf8').toArray()).join('');
  expect(stderr).toBe('');
});

it.each([
  ['a command that there is not', ['sell'], 'souk: "sell" is no command; there are: import, status, check, deploy,'],
  ['a second word that there is not', ['events', 'sell'], 'souk: "events sell" is no command; there are:'],
  ['help on what is no command', ['help', 'x'], 'souk: "x" is no command; there are: import, status, check, deploy,'],
  ['no file', ['import'], 'souk import: FILE.csv is missing; usage: npm run souk -- import FILE.csv [--url URL]'],
  ['two files', ['import', 'a.csv', 'b.csv'], 'souk import: "b.csv" is one argument too many; usage:'],
  ['an unknown option', ['status', '--bogus'], "souk status: unknown option '--bogus'; usage: npm run souk -- status"],
  ['an option without its value', ['status', '--url'], 'souk status: '],
  ['an address that is none', ['status', '--url', 'shop'], '--url: "shop" is no address; use one such as'],
])('%s is wrong use, told in one line', async (_what, args, line) => {
  const { code, stdout, stderr } = await souk(args);
  expect({ code, stdout, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 1 });
  expect(stderr).toContain(line);
});

it.each([
  ['is not there', () => '/nowhere/goods.csv', 'is not there'],
  ['is a folder', () => tempFolder(), 'is a folder; name the CSV file in it'],
  ['is empty', () => tempFile('empty.csv', ''), 'is empty'],
  ['is a spreadsheet', () => tempFile('goods.xlsx', new Uint8Array([80, 75, 3, 4, 0, 0])), 'is no CSV file in UTF-8'],
])('a file that %s is refused in one line before any shop is asked', async (_what, makeFile, line) => {
  const { code, stderr } = await souk(['import', makeFile()]);
  expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 1, lines: 1 });
  expect(stderr).toContain(line);
});

it('a shop that was named and does not answer is never replaced by another', async () => {
  const url = await nowhere();
  const file = tempFile('goods.csv', 'Title,Price\nCup,1\n');
  expect(await souk(['import', file, '--url', url])).toEqual({
    code: 1,
    stdout: '',
    stderr: `no shop answers at ${url}; start it, or leave --url out\n`,
  });
  expect((await souk(['status', '--url', url])).stderr).toBe(
    `no shop answers at ${url}; start one with "npm start", or give its address with --url\n`,
  );
});
