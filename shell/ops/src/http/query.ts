import { messagesOf } from './event-stream.ts';
import { problemOf, request, RequestProblem } from './request.ts';

/** A column of an answer. */
export interface Column {
  readonly name: string;
  readonly type: 'integer' | 'real' | 'text' | 'blob' | 'any' | 'null';
}

/** A value in an answer; integers beyond 2^53 are text, bytes are base64. */
export type Cell = null | number | string;
/** The values of a row, in the order of the columns. */
export type Row = readonly Cell[];

/** What the query language answers. */
export interface Answer {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Position of the log that it is true at. */
  readonly position: number;
  readonly durationMs: number;
  /** The cap that cut it off. */
  readonly truncated?: 'rows' | 'bytes' | undefined;
  /** How the query would like to be seen: `timechart`. */
  readonly render?: string | undefined;
}

/** What is asked. */
export interface Question {
  readonly language: 'sql' | 'kql';
  readonly text: string;
  /** A position, or a time; empty = now. */
  readonly asOf?: string;
  readonly params?: readonly Cell[];
}

const path = '/api/events/query';

/** Whether the answer is to be kept current. */
export function isLive({ text }: Question): boolean {
  return /\bEMIT\s+CHANGES\s*;?\s*$/i.test(text);
}

/**
 * One answer.
 * @throws {RequestProblem} also when the query breaks after its first rows
 * @throws the reason of `signal`
 */
export async function query(question: Question, signal?: AbortSignal): Promise<Answer> {
  const response = await request(path, { json: bodyOf(question), ...(signal && { signal }) });
  const text = await response.text().catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw new RequestProblem('The connection broke in the middle of the answer.', { cause });
  });
  const [first = '{}', ...lines] = text.split('\n').filter(Boolean);
  const last = JSON.parse(lines.pop() ?? '{}') as { readonly done?: boolean; readonly error?: unknown } & Answer;
  if (last.error) throw problemOf(last.error);
  if (last.done !== true) throw new RequestProblem('The connection broke in the middle of the answer.');
  const head = JSON.parse(first) as Omit<Answer, 'rows' | 'durationMs'>;
  const { durationMs, truncated } = last;
  return { ...head, rows: lines.map((line) => JSON.parse(line) as Row), durationMs, truncated };
}

/**
 * The answer to a question with `EMIT CHANGES`, again whenever it has changed; or only the position, when the log has
 * grown and the answer is the same. Comes back by itself when the server ends the stream.
 * @throws {RequestProblem}
 * @throws the reason of `signal`
 */
export async function* liveAnswers(
  question: Question,
  signal: AbortSignal,
): AsyncGenerator<Answer | Pick<Answer, 'position'>> {
  let last: string | undefined;
  for (;;) {
    const headers: Record<string, string> = last === undefined ? {} : { 'last-event-id': last };
    const response = await request(path, { json: bodyOf(question), headers, signal });
    for await (const messages of messagesOf(response, signal)) {
      for (const { event, id, data } of messages) {
        last = id ?? last;
        const value = JSON.parse(data) as Answer;
        if (event === 'error') throw problemOf(value);
        if (event === 'result' || event === 'position') yield value;
      }
    }
  }
}

function bodyOf({ language, text, asOf = '', params }: Question): Record<string, unknown> {
  const when = asOf.trim();
  return {
    [language]: text,
    ...(params && { params }),
    ...(when !== '' && { asOf: /^\d{1,15}$/.test(when) ? Number(when) : when }),
  };
}
