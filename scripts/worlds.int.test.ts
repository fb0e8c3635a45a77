import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Each world with a folder that lives in it, what it must not know, and what it must know. */
const worlds = [
  { config: 'tsconfig.node.json', folder: 'mfe-cart/backend/src', foreign: 'document.title', own: 'Buffer.from("")' },
  { config: 'tsconfig.node.json', folder: 'service-kit/src', foreign: 'window.name', own: 'process.pid' },
  { config: 'tsconfig.node.json', folder: 'shell/gateway/src', foreign: 'document.title', own: 'process.pid' },
  { config: 'tsconfig.neutral.json', folder: 'mfe-cart/api/src', foreign: 'Buffer.from("")', own: 'new Map()' },
  { config: 'tsconfig.neutral.json', folder: 'mfe-chat/api/src', foreign: 'document.title', own: 'new Map()' },
  {
    config: 'tsconfig.neutral.json',
    folder: 'shared-events/src/integration',
    foreign: 'process.pid',
    own: 'new Map()',
  },
  { config: 'tsconfig.browser.json', folder: 'mfe-catalog/element/src', foreign: 'process.pid', own: 'document.title' },
  { config: 'tsconfig.browser.json', folder: 'shell/ops/src', foreign: 'process.pid', own: 'document.title' },
  { config: 'tsconfig.browser.json', folder: 'shell/page/src', foreign: 'Buffer.from("")', own: 'window.name' },
  { config: 'tsconfig.browser.json', folder: 'shared-events/src/browser', foreign: 'process.pid', own: 'window.name' },
  { config: 'mfe-cart/tsconfig.json', folder: 'mfe-cart/element/src', foreign: 'process.pid', own: 'document.title' },
  { config: 'mfe-chat/tsconfig.json', folder: 'mfe-chat/element/src', foreign: 'process.pid', own: 'document.title' },
];

describe.each(worlds)('a file of $folder', ({ config, folder, foreign, own }) => {
  it(`is checked by ${config}`, () => {
    const { fileNames } = readConfig(config);
    expect(fileNames.some((file) => file.startsWith(`${root}/${folder}/`))).toBe(true);
  });

  it(`knows "${own}" and does not know "${foreign}"`, () => {
    const text = `export const own = ${own};\nexport const foreign = ${foreign};\n`;
    const messages = check(config, join(root, folder, 'planted.ts'), text);
    expect(messages).toEqual([expect.stringMatching(new RegExp(`^2: .*'${/^\w+/.exec(foreign)![0]}'`))]);
  });
});

function readConfig(config: string): ts.ParsedCommandLine {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic() {} };
  return ts.getParsedCommandLineOfConfigFile(join(root, config), {}, host)!;
}

/** Checks a file that is nowhere but in the compiler's memory, as if it stood at `path`. */
function check(config: string, path: string, text: string): string[] {
  const { options } = readConfig(config);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => file === path || fileExists(file);
  host.readFile = (file) => (file === path ? text : readFile(file));
  host.getSourceFile = (file, version, ...rest) =>
    file === path ? ts.createSourceFile(file, text, version) : getSourceFile(file, version, ...rest);
  host.getCurrentDirectory = () => root;
  const program = ts.createProgram({ rootNames: [path], options, host });
  const source = program.getSourceFile(path)!;
  return [...program.getGlobalDiagnostics(), ...program.getSemanticDiagnostics(source)].map(
    ({ messageText, start }) => {
      const line = start === undefined ? 0 : source.getLineAndCharacterOfPosition(start).line + 1;
      return `${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    },
  );
}
