import type { EventChannel, Json, Position, StreamName } from '@souk/event-channel';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { ApiError, NotFound, Unavailable } from '../api-error.ts';
import type { ErrorKind } from '../api-error.ts';
import type { Closable } from '../shutdown.ts';
import { pastCopies, pastFile } from './past-copies.ts';
import type { PastCopy, PastLimits } from './past-copies.ts';
import type { PastSource } from './past-source.ts';

/** What is asked of a backend. */
interface Question {
  /** Of the read models' file; the folder is the backend's own business. */
  readonly fileName: string;
  readonly positions: Readonly<Record<StreamName, Position>>;
}

type Answer = { readonly copy: PastCopy } | { readonly failed: Failed };
type Failed = Pick<ApiError, 'kind' | 'code' | 'message' | 'details'>;

const subjectOf = (backend: string): string => `souk-past.${backend}`;

/** Longer than a backend takes before it gives up. */
const PATIENCE_MS = 22_000;

export interface AskForPastOptions {
  readonly channel: EventChannel;
  /** Whose read model: `cart`. */
  readonly backend: string;
  /** Its file, on this host. */
  readonly file: string;
  /** Of each stream that it may follow. */
  readonly positions: Readonly<Record<StreamName, Position>>;
}

/**
 * Asks a backend for its read model as it was. The file is there when this resolves, and may be gone again later.
 * @returns the file, which nobody writes any more, and the tables that are in it
 * @throws {ApiError} what {@link PastCopies.at} throws there
 * @throws {Unavailable} `past-unavailable`: the backend does not answer, or keeps its files on another host
 */
export async function askForPast(
  options: AskForPastOptions,
): Promise<{ readonly file: string; readonly tables: readonly string[] }> {
  const { channel, backend, file, positions } = options;
  const question: Question = { fileName: basename(file), positions };
  let answer: Answer;
  try {
    const data = question as unknown as Json;
    const reply = await channel.request(subjectOf(backend), { data }, { timeoutMs: PATIENCE_MS });
    answer = reply.data as unknown as Answer;
  } catch (cause) {
    throw new Unavailable('past-unavailable', `"${backend}" does not tell what it was at the moment`, { cause });
  }
  if ('copy' in answer) {
    const past = { file: pastFile(file, answer.copy.id), tables: answer.copy.tables };
    if (existsSync(past.file)) return past;
    throw new Unavailable('past-unavailable', `what "${backend}" was is in no file here`);
  }
  const { kind, code, message, details } = answer.failed;
  throw new ApiError(kind, code, message, details && { details });
}

/** Answers {@link askForPast} for the read models of a backend. */
export function answerForPast(
  backend: string,
  sources: readonly PastSource[],
  channel: EventChannel,
  limits?: Partial<PastLimits>,
): Closable {
  const files = Map.groupBy(sources, ({ file }) => file);
  const copies = new Map(
    [...files].map(([file, ofFile]) => [basename(file), pastCopies(file, ofFile, channel, limits)]),
  );
  const answering = channel.respond(subjectOf(backend), 'past', async ({ data }) => {
    const { fileName, positions } = data as unknown as Question;
    try {
      const ofFile = copies.get(fileName);
      if (ofFile === undefined) throw new NotFound('past-unknown', `"${backend}" keeps no read model in ${fileName}`);
      return { data: { copy: await ofFile.at(positions) } as unknown as Json };
    } catch (error) {
      return { data: { failed: failedOf(error) } as unknown as Json };
    }
  });
  return {
    async close() {
      for (const one of copies.values()) await one.close();
      await answering.close();
    },
  };
}

function failedOf(error: unknown): Failed {
  const unknown = { kind: 'unavailable' as ErrorKind, code: 'past-unavailable', details: undefined };
  if (!(error instanceof ApiError)) return { ...unknown, message: 'the read model cannot be built from its log' };
  const { kind, code, message, details } = error;
  return { kind, code, message, details };
}
