import type { EventChannel, StreamName } from '@souk/event-channel';
import { askForPast } from '@souk/service-kit';
import type { PastWanted } from './runner/messages.ts';
import type { Query, ReadModel } from './runner/query.ts';

/** The parts of the query backend's options that matter here. */
interface PastOfOptions {
  readonly channel: EventChannel;
  readonly streams: readonly StreamName[];
  readonly readModels?: readonly ReadModel[];
}

/**
 * Asks the backends for their read models as they were.
 * @returns what the query is to say in its second run: the position, since a time might stand for another one by then
 * @throws {ApiError} what {@link askForPast} throws
 */
export async function pastOf(
  { models, position, positions }: PastWanted,
  { channel, streams, readModels = [] }: PastOfOptions,
): Promise<Pick<Query, 'asOf' | 'past'>> {
  // The log itself counts over all streams; a stream that is not in a copy is empty.
  const ends = Object.fromEntries(
    streams.map((stream) => [stream, positions === undefined ? position : (positions[stream] ?? 0)]),
  );
  const past = await Promise.all(
    readModels
      .filter(({ name }) => models.includes(name))
      .map(
        async ({ name, file }) => [name, await askForPast({ channel, backend: name, file, positions: ends })] as const,
      ),
  );
  return { asOf: position, past: Object.fromEntries(past) };
}
