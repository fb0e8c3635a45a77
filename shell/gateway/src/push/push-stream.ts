import type { Socket } from 'node:net';
import { beatFrame, endFrame, retryFrame } from './frames.ts';
import type { WriteTurn } from './write-turn.ts';

/** Why a stream ended: `slow` = the reader did not keep up, `age` = time to connect anew, the rest says itself. */
export type EndReason = 'closed-by-browser' | 'slow' | 'age' | 'session-over' | 'shutdown' | 'failed';

/** One event stream to one browser: writes frames in order, and cuts a reader that is too slow. */
export interface PushStream {
  /** Everything up to this position was handed over. Frames at or before it are dropped, so none comes twice. */
  readonly cursor: number;
  readonly isEnded: boolean;
  /** Hands over a frame; frames of one turn of the event loop are written together. */
  send(position: number, frame: Buffer): void;
  /**
   * Hands over a frame of the moment, unless the reader is behind: then it is dropped.
   * @returns whether it was handed over
   */
  sendNow(frame: Buffer): boolean;
  /** Tells the browser that all up to `position` was handed over. */
  beat(position: number): void;
  /** Moves the cursor without a word. */
  skipTo(position: number): void;
  /** Goes on from `position`, also backwards: in another log. */
  restart(position: number, frame: Buffer): void;
  /** Writes what was handed over; called by the {@link WriteTurn}. */
  flush(turn: WriteTurn): void;
  /** Resolves when the reader has room, or the stream has ended. */
  hasRoom(): Promise<void>;
  /** @param retryMs the browser's wait before it connects again; `undefined` = what it was told last */
  end(reason: EndReason, retryMs?: number): void;
}

export interface PushStreamOptions {
  readonly turn: WriteTurn;
  /** Bytes that may wait for the reader. */
  readonly maxBacklogBytes: number;
  /** What the browser waits before it connects again, as long as nobody tells it otherwise. */
  readonly retryMs: number;
  readonly onEnd: (reason: EndReason) => void;
}

/** Bytes that wait for the end of the turn before they are written in the middle of it. */
const flushAtBytes = 64 * 1024;

/** @param cursor position up to which the reader has everything */
export const openPushStream = (socket: Socket, cursor: number, options: PushStreamOptions): PushStream => {
  const { turn, maxBacklogBytes, onEnd } = options;
  let lastId = cursor;
  let parts: Buffer[] = [];
  let partBytes = 0;
  let isEnded = false;

  const end = (reason: EndReason, retryMs?: number) => {
    if (isEnded) return;
    isEnded = true;
    const isLost = reason === 'slow' || reason === 'failed' || reason === 'closed-by-browser';
    // A reader that is slow, or has something waiting at its time, would hold memory until it has read it.
    if (isLost || socket.writableLength > 0) socket.destroy();
    else {
      if (retryMs !== undefined) parts.push(retryFrame(retryMs));
      if (reason === 'session-over') parts.push(endFrame());
      if (parts.length > 0) socket.write(turn.join(parts));
      socket.destroySoon();
    }
    parts = [];
    onEnd(reason);
  };
  const write = (frame: Buffer) => {
    if (parts.length === 0) turn.add(stream);
    parts.push(frame);
    partBytes += frame.length;
    if (partBytes > flushAtBytes) stream.flush(turn);
  };

  socket.on('close', () => end('closed-by-browser'));
  socket.write(retryFrame(options.retryMs));

  const stream: PushStream = {
    get cursor() {
      return cursor;
    },
    get isEnded() {
      return isEnded;
    },
    send(position, frame) {
      if (isEnded || position <= cursor) return;
      cursor = lastId = position;
      write(frame);
    },
    sendNow(frame) {
      if (isEnded || socket.writableLength >= socket.writableHighWaterMark) return false;
      write(frame);
      return true;
    },
    beat(position) {
      if (isEnded) return;
      cursor = Math.max(cursor, position);
      write(beatFrame(cursor, lastId));
      lastId = cursor;
    },
    skipTo(position) {
      cursor = Math.max(cursor, position);
    },
    restart(position, frame) {
      if (isEnded) return;
      cursor = lastId = position;
      write(frame);
    },
    flush() {
      if (isEnded || parts.length === 0) return;
      // Asked before it is written: else one message larger than the limit could never be handed over.
      if (socket.writableLength > maxBacklogBytes) return end('slow');
      socket.write(turn.join(parts));
      parts.length = partBytes = 0;
    },
    hasRoom() {
      stream.flush(turn);
      if (isEnded || socket.writableLength < socket.writableHighWaterMark) return Promise.resolve();
      return new Promise((resolve) => {
        const go = () => {
          socket.off('drain', go);
          socket.off('close', go);
          resolve();
        };
        socket.on('drain', go);
        socket.on('close', go);
      });
    },
    end,
  };
  return stream;
};
