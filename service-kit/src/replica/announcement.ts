import type { EventChannel, Json, Message, Subscription } from '@souk/event-channel';

/** What one process that runs a backend says of itself. */
export interface Announcement {
  /** Unique among all replicas that ever ran. */
  readonly id: string;
  /** Where it takes requests: `http://127.0.0.1:4711`. */
  readonly address: string;
  /** Of the backend's code. */
  readonly version: string;
  /** It takes no new requests any more, and will soon be gone. */
  readonly leaving: boolean;
}

/** How often a replica says that it is there, in milliseconds. */
export const BEAT_MS = 1000;

/** Its first token is no stream, so no log keeps it. */
const subjectOf = (backend: string): string => `souk-replicas.${backend}`;
const WANTED = 'souk-replicas-wanted';

/** Says it to whoever listens now. */
export const announce = (channel: EventChannel, backend: string, announcement: Announcement): void =>
  channel.publish(subjectOf(backend), { data: announcement as unknown as Json });

/** Hears what replicas of a backend say; what is no announcement is passed over. */
export const onAnnouncement = (
  channel: EventChannel,
  backend: string,
  listener: (announcement: Announcement) => void,
): Subscription =>
  channel.subscribe(subjectOf(backend), ({ data }: Message) => {
    if (isAnnouncement(data)) listener(data);
  });

/** Asks all replicas to say now that they are there. */
export const askForReplicas = (channel: EventChannel): void => channel.publish(WANTED, { data: null });

/** Hears when somebody asks. */
export const onReplicasWanted = (channel: EventChannel, listener: () => void): Subscription =>
  channel.subscribe(WANTED, listener);

const isAnnouncement = (data: unknown): data is Announcement => {
  const { id, address, version, leaving } = (data ?? {}) as Record<string, unknown>;
  const areTexts = [id, address, version].every((text) => typeof text === 'string' && text.length <= 200);
  return areTexts && typeof leaving === 'boolean' && URL.parse(address as string)?.protocol === 'http:';
};
