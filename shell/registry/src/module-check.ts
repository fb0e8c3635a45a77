import { parse } from 'acorn';
import { WrongContent } from './errors.ts';

/** Integrities of what was parsed before: most files of the next version are those of the one before. */
const parsed = new Set<string>();
const mostParsed = 10_000;

/**
 * Makes sure that a file is a JavaScript module that a browser can parse, and not, say, the HTML page of a wrong address.
 * @param integrity of these bytes; the same bytes are parsed once
 * @throws {WrongContent}
 */
export const checkModule = (path: string, content: Buffer, integrity: string): void => {
  if (parsed.has(integrity)) return;
  try {
    parse(content.toString('utf8'), { ecmaVersion: 'latest', sourceType: 'module' });
    if (parsed.size === mostParsed) parsed.clear();
    parsed.add(integrity);
  } catch (cause) {
    const page = /^\s*<(!doctype|html|\?xml)/i.test(content.subarray(0, 200).toString('utf8'));
    const what = page ? 'an HTML page' : `not JavaScript (${(cause as Error).message})`;
    throw new WrongContent(path, `the manifest says it is a module, but it is ${what}`, { cause });
  }
};
