import type { AnswerEnd, AnswerHead } from './query.ts';

/** An answer that has begun. */
export interface Answer extends AnswerHead {
  /** Its rows, as text in the format that was asked for. Throws what ends the query early. */
  readonly text: AsyncIterable<string>;
  /** Settles with the last row; rejects as `text` throws. */
  readonly end: Promise<AnswerEnd>;
}

/** The writing side of an {@link Answer}. */
export interface AnswerWriter {
  readonly answer: Answer;
  write(text: string): void;
  end(end: AnswerEnd): void;
  fail(error: Error): void;
}

/** Keeps text until it is read, without bound: the byte cap of the query is its bound. */
export function openAnswer(head: AnswerHead): AnswerWriter {
  const chunks: string[] = [];
  const end = Promise.withResolvers<AnswerEnd>();
  let more = Promise.withResolvers<void>();
  let ended = false;
  end.promise.catch(() => undefined);

  const wake = () => {
    more.resolve();
    more = Promise.withResolvers();
  };
  async function* read(): AsyncGenerator<string> {
    for (;;) {
      const chunk = chunks.shift();
      if (chunk !== undefined) yield chunk;
      else if (ended) return void (await end.promise);
      else await more.promise;
    }
  }
  return {
    answer: { ...head, text: read(), end: end.promise },
    write(text) {
      chunks.push(text);
      wake();
    },
    end(last) {
      ended = true;
      end.resolve(last);
      wake();
    },
    fail(error) {
      ended = true;
      end.reject(error);
      wake();
    },
  };
}
