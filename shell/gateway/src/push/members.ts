import type { Subject } from '@souk/event-channel';
import type { EndReason, PushStream } from './push-stream.ts';
import { addTo, removeFrom } from './sets-by-key.ts';

/** One stream, and what it hears. */
export interface Member {
  readonly sessionId: string;
  /** Subjects whose live messages reach it: none before it has caught up. */
  live: Set<Subject> | undefined;
  readonly stream: PushStream;
  readonly bornMs: number;
}

/** Who is connected to this process, by session and by what they hear. */
export interface Members {
  readonly size: number;
  /** How many streams ended for which reason, since the start. */
  readonly ended: ReadonlyMap<EndReason, number>;
  /** @param isOpen asked now and then, for a session that may end without a word; `undefined` = it never does */
  add(member: Member, isOpen: (() => boolean) | undefined): void;
  remove(member: Member, reason: EndReason): void;
  /** It has caught up: from now on it hears these subjects. */
  goLive(member: Member, subjects: readonly Subject[]): void;
  /** A session has joined or left a subject. */
  joinOrLeave(sessionId: string, change: { readonly joined: boolean; readonly subject: Subject }): void;
  /** Who hears a subject; `undefined` when nobody does. */
  hearing(subject: Subject): ReadonlySet<Member> | undefined;
  ofSession(sessionId: string): readonly Member[];
  /** Sessions that have ended without a word. */
  over(): readonly string[];
  all(): readonly Member[];
}

interface SessionEntry {
  readonly members: Set<Member>;
  readonly isOpen: (() => boolean) | undefined;
}

/** Nobody, at first. */
export const createMembers = (): Members => {
  const bySubject = new Map<Subject, Set<Member>>();
  const bySession = new Map<string, SessionEntry>();
  const ended = new Map<EndReason, number>();
  let size = 0;

  return {
    get size() {
      return size;
    },
    ended,
    add(member, isOpen) {
      const entry = bySession.get(member.sessionId) ?? { members: new Set(), isOpen };
      bySession.set(member.sessionId, entry);
      entry.members.add(member);
      size++;
    },
    remove(member, reason) {
      for (const subject of member.live ?? []) removeFrom(bySubject, subject, member);
      const members = bySession.get(member.sessionId)?.members;
      members?.delete(member);
      if (members?.size === 0) bySession.delete(member.sessionId);
      ended.set(reason, (ended.get(reason) ?? 0) + 1);
      size--;
    },
    goLive(member, subjects) {
      member.live = new Set(subjects);
      for (const subject of member.live) addTo(bySubject, subject, member);
    },
    joinOrLeave(sessionId, { joined, subject }) {
      for (const member of bySession.get(sessionId)?.members ?? []) {
        if (!member.live) continue; // it reads this itself as it catches up
        if (joined) addTo(bySubject, subject, member);
        else removeFrom(bySubject, subject, member);
        if (joined) member.live.add(subject);
        else member.live.delete(subject);
      }
    },
    hearing: (subject) => bySubject.get(subject),
    ofSession: (sessionId) => [...(bySession.get(sessionId)?.members ?? [])],
    over: () => [...bySession].flatMap(([sessionId, { isOpen }]) => (isOpen?.() === false ? sessionId : [])),
    all: () => [...bySession.values()].flatMap(({ members }) => [...members]),
  };
};
