import { parse } from 'acorn';
import { WrongContent } from './errors.ts';

/**
 * Makes sure that a file is a JavaScript module that a browser can parse, and not, say, the HTML page of a wrong address.
 * @throws {WrongContent}
 */
export const checkModule = (path: string, content: Buffer): void => {
  try {
    parse(content.toString('utf8'), { ecmaVersion: 'latest', sourceType: 'module' });
  } catch (cause) {
    const page = /^\s*<(!doctype|html|\?xml)/i.test(content.subarray(0, 200).toString('utf8'));
    const what = page ? 'an HTML page' : `not JavaScript (${(cause as Error).message})`;
    throw new WrongContent(path, `the manifest says it is a module, but it is ${what}`, { cause });
  }
};
