import { streamOf } from '@souk/event-channel';
import type { CloudEvent, EventChannel, Expect, Recorded, Subject } from '@souk/event-channel';
import { cloudEvent } from '../cloud-event.ts';

/** The event that answers a command. */
export interface CommandAnswer {
  readonly subject: Subject;
  readonly type: string;
  readonly data: unknown;
  /** Guards the decision: when somebody was faster, the command is handled again. @default 'any' */
  readonly expect?: Expect;
}

/** The one answer to a command: its id follows from the command's, so that a second one would be known. */
export function answerEvent(command: Recorded, source: string, { type, data }: CommandAnswer): CloudEvent {
  return cloudEvent({ type, source, data, cause: command, id: answerId(command) });
}

/** Whether the log holds the answer to a command, from before a crash: then it stands on one of these subjects. */
export async function isAnswered(channel: EventChannel, command: Recorded, on: readonly Subject[]): Promise<boolean> {
  const id = answerId(command);
  for (const subject of on) {
    // Positions of two streams cannot be compared.
    const from = streamOf(subject) === command.stream ? command.position + 1 : 1;
    for await (const { event } of channel.read(subject, { from })) if (event.id === id) return true;
  }
  return false;
}

function answerId({ event }: Recorded): string {
  return `${event.id}-answer`;
}
