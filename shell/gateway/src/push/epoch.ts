import { randomUUID } from 'node:crypto';
import type { EventChannel, Recorded } from '@souk/event-channel';
import { cloudEvent } from '@souk/service-kit';

/** Where the log of pushed messages says which one it is. The last event there counts. */
export const epochSubject = 'push.epoch';

const type = 'shell.push-epoch-began.v1';

/** Name of the log, if the event gives it one. */
export const epochIn = ({ subject, event }: Recorded): string | undefined =>
  subject === epochSubject && event.type === type ? event.id : undefined;

/**
 * Name of this log. A position counts only in the log it came from: a log that was deleted, or put back from a backup,
 * gives the same positions to other messages. A log without a name gets one.
 */
export const epochOf = async (channel: EventChannel): Promise<string> => {
  const known = await lastEpoch(channel);
  if (known !== undefined) return known;
  const event = cloudEvent({ type, source: '/shell', id: randomUUID(), data: {} });
  try {
    await channel.append(epochSubject, [event], { expect: 'no-stream' });
    return event.id;
  } catch (error) {
    // Another process was faster.
    const theirs = await lastEpoch(channel);
    if (theirs === undefined) throw error;
    return theirs;
  }
};

const lastEpoch = async (channel: EventChannel): Promise<string | undefined> => {
  let last: string | undefined;
  for await (const recorded of channel.read(epochSubject)) last = epochIn(recorded) ?? last;
  return last;
};
