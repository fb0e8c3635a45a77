/** Calls each member once a round, all from one timer: a timer for each of many thousand streams would cost memory. */
export interface Wheel<Member> {
  add(member: Member): void;
  delete(member: Member): void;
  close(): void;
}

const slotCount = 16;

/** @param roundMs time in which each member is called once, in milliseconds */
export const createWheel = <Member>(roundMs: number, call: (member: Member) => void): Wheel<Member> => {
  const slots = Array.from({ length: slotCount }, () => new Set<Member>());
  let at = 0;
  let next = 0;
  const timer = setInterval(() => {
    at = (at + 1) % slotCount;
    for (const member of slots[at] ?? []) call(member);
  }, roundMs / slotCount);
  timer.unref();

  return {
    add: (member) => void slots[(next = (next + 1) % slotCount)]?.add(member),
    delete(member) {
      for (const slot of slots) if (slot.delete(member)) return;
    },
    close: () => clearInterval(timer),
  };
};
