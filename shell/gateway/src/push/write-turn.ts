/** Something that has frames to write at the end of this turn of the event loop. */
export interface Flushable {
  flush(turn: WriteTurn): void;
}

/** Gathers what many streams are handed in one turn of the event loop, so that each writes once. */
export interface WriteTurn {
  add(stream: Flushable): void;
  /** The frames as one buffer. Streams that were handed the same frames get the same buffer. */
  join(frames: readonly Buffer[]): Buffer;
}

export const createWriteTurn = (): WriteTurn => {
  let waiting: Flushable[] = [];
  let last: { readonly frames: readonly Buffer[]; readonly joined: Buffer } | undefined;

  const turn: WriteTurn = {
    add(stream) {
      if (waiting.push(stream) === 1) setImmediate(flush);
    },
    join(frames) {
      const [first] = frames;
      if (first && frames.length === 1) return first;
      if (last && isSame(last.frames, frames)) return last.joined;
      last = { frames: [...frames], joined: Buffer.concat(frames) };
      return last.joined;
    },
  };
  const flush = () => {
    const now = waiting;
    waiting = [];
    for (const stream of now) stream.flush(turn);
    last = undefined;
  };
  return turn;
};

const isSame = (some: readonly Buffer[], others: readonly Buffer[]): boolean =>
  some.length === others.length && some.every((frame, index) => frame === others[index]);
