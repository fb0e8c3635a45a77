import { createReadStream } from 'node:fs';
import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { CommandFailed } from '../errors.ts';
import type { ProductFile } from './product-file.ts';
import type { ImportReport } from './report.ts';

/** What is sent where. */
export interface Upload {
  readonly url: string;
  readonly file: ProductFile;
  /** Of a staff session. */
  readonly cookie: string;
}

/** How far an upload is. */
export interface UploadState {
  readonly sentBytes: number;
  readonly products: number;
}

/**
 * Streams the file to the shop and reads its reports as they come, both at once: the shop answers while it still
 * receives, and takes no more than it can work on.
 * @throws {CommandFailed} the shop refuses the file, or goes away
 */
export async function upload(
  { url, file, cookie }: Upload,
  onProgress: (state: UploadState) => void,
): Promise<Omit<ImportReport, 'done'>> {
  const request = (url.startsWith('https:') ? requestHttps : requestHttp)(`${url}/api/catalog/imports`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'text/csv', 'content-length': file.bytes, accept: 'application/x-ndjson' },
  });
  let state: UploadState = { sentBytes: 0, products: 0 };
  const advance = (change: Partial<UploadState>) => onProgress((state = { ...state, ...change }));
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    request.on('response', resolve).on('error', reject),
  );
  const unreadable = send(file, request, (sentBytes) => advance({ sentBytes }));
  try {
    const response = await Promise.race([answered, unreadable]);
    if (response.statusCode !== 200) throw await refusal(response);
    const { done: _, ...report } = await Promise.race([
      readReports(response, (products) => advance({ products })),
      unreadable,
    ]);
    return report;
  } catch (error) {
    if (error instanceof CommandFailed) throw error;
    throw new CommandFailed(`${url} went away in the middle of the import; run it again, nothing is taken twice`, {
      cause: error,
    });
  } finally {
    request.destroy();
  }
}

/** Never resolves: an answer tells how it went. Rejects when the file cannot be read to its end. */
function send(file: ProductFile, request: ClientRequest, onSent: (bytes: number) => void): Promise<never> {
  // Exactly as many bytes as announced, should somebody write to the file meanwhile.
  const content = createReadStream(file.path, { end: file.bytes - 1 });
  let sentBytes = 0;
  content.on('data', (chunk) => onSent((sentBytes += chunk.length)));
  content.pipe(request);
  request.once('close', () => content.destroy());
  return new Promise((_, reject) => {
    content.once('error', (cause) => {
      reject(new CommandFailed(`"${file.path}" cannot be read: ${cause.message}`, { cause }));
    });
    content.once('end', () => {
      if (sentBytes < file.bytes) reject(new CommandFailed(`"${file.path}" became shorter while it was read`));
    });
  });
}

async function readReports(response: IncomingMessage, onProducts: (products: number) => void): Promise<ImportReport> {
  let last: ImportReport | undefined;
  for await (const line of linesOf(response)) {
    const report = JSON.parse(line) as ImportReport | { readonly error: { readonly message: string } };
    if ('error' in report) throw new CommandFailed(`the shop does not take this file: ${report.error.message}`);
    onProducts(report.products);
    last = report;
  }
  if (last?.done) return last;
  throw new Error('the answer ended before the import did');
}

/** Not by `node:readline`, which throws the error of a broken connection where nobody can catch it. */
async function* linesOf(response: IncomingMessage): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

async function refusal(response: IncomingMessage): Promise<CommandFailed> {
  const text = (await response.setEncoding('utf8').toArray()).join('');
  const reason = detailOf(text) ?? `it answers with status ${response.statusCode}`;
  return new CommandFailed(`the shop does not take this file: ${reason}`);
}

function detailOf(problem: string): string | undefined {
  try {
    const { detail } = JSON.parse(problem) as { detail?: unknown };
    return typeof detail === 'string' ? detail : undefined;
  } catch {
    return undefined;
  }
}
