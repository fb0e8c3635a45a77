import type { MfeContract } from '../manifest.ts';
import { mismatchOf } from './fits.ts';
import type { Schema } from './schema.ts';
import { quoted } from './words.ts';

/** Somebody who sends and takes events on the page: a version of a micro frontend, or the shell. */
export interface Participant {
  readonly name: string;
  readonly version: string;
  readonly contract: MfeContract;
  readonly routes: readonly { readonly path: string }[];
}

/** Why a version cannot go live beside what is live. */
export interface GateProblem {
  readonly code: 'does-not-fit' | 'event-removed' | 'handler-removed' | 'route-taken';
  /** The event type, or the path of a route. */
  readonly subject: string;
  /** JSON pointer into the detail, the payload or the reply; empty for the whole. */
  readonly pointer: string;
  /** Who is live and would break, or breaks it: `chat 1.2.0`. */
  readonly other: { readonly name: string; readonly version: string };
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What to do about it, in one sentence. */
  readonly todo: string;
}

/** What a version would meet. */
export interface GateInput {
  readonly candidate: Participant;
  /** Every other version that some session may get, those of a canary and the shell included. */
  readonly live: readonly Participant[];
  /** The versions of the same micro frontend that the candidate takes the place of. */
  readonly replaced?: readonly Participant[];
  /** The versions of the same micro frontend that stay live beside it: its backend pushes to both. */
  readonly beside?: readonly Participant[];
}

/** Every reason why the candidate cannot go live; none = it can. Pure. */
export const checkDeployment = ({ candidate, live, replaced = [], beside = [] }: GateInput): readonly GateProblem[] => [
  ...live.flatMap((other) => [
    ...detailProblems(candidate, other, candidate),
    ...detailProblems(other, candidate, candidate),
    ...requestProblems(candidate, other, candidate),
    ...requestProblems(other, candidate, candidate),
    ...routeProblems(candidate, other),
  ]),
  ...beside.flatMap((other) => [
    ...fitProblems(candidate.contract.pushes, other.contract.listens, 'pushes', candidate, other, candidate),
    ...fitProblems(other.contract.pushes, candidate.contract.listens, 'pushes', other, candidate, candidate),
  ]),
  ...removals({ candidate, live, replaced: [...replaced, ...beside] }),
];

const detailProblems = (sender: Participant, listener: Participant, candidate: Participant) =>
  (['emits', 'pushes'] as const).flatMap((list) =>
    fitProblems(sender.contract[list], listener.contract.listens, list, sender, listener, candidate),
  );

type Schemas = Readonly<Record<string, Schema>>;

const fitProblems = (
  sent: Schemas,
  accepted: Schemas,
  verb: 'emits' | 'pushes',
  sender: Participant,
  listener: Participant,
  candidate: Participant,
): readonly GateProblem[] =>
  shared(sent, accepted).flatMap(([type, from, to]) =>
    compared(type, from, to, sender === candidate ? listener : sender, {
      what: 'detail',
      says: `${told(sender)} ${verb} it and ${told(listener)} listens`,
      candidateSends: sender === candidate,
    }),
  );

const requestProblems = (asker: Participant, handler: Participant, candidate: Participant): readonly GateProblem[] =>
  shared(asker.contract.requests, handler.contract.handles).flatMap(([type, asked, handled]) => {
    const other = asker === candidate ? handler : asker;
    const says = `${told(asker)} asks it and ${told(handler)} answers`;
    return [
      ...compared(type, asked.payload, handled.payload, other, {
        ...{ what: 'payload', says, candidateSends: asker === candidate },
      }),
      ...compared(type, handled.reply, asked.reply, other, {
        ...{ what: 'reply', says, candidateSends: handler === candidate },
      }),
    ];
  });

interface Told {
  readonly what: 'detail' | 'payload' | 'reply';
  readonly says: string;
  readonly candidateSends: boolean;
}

const compared = (
  type: string,
  sent: Schema,
  accepted: Schema,
  other: Participant,
  { what, says, candidateSends }: Told,
): readonly GateProblem[] => {
  const mismatch = mismatchOf(sent, accepted);
  if (mismatch === undefined) return [];
  const { pointer, why } = mismatch;
  const place = pointer === '' ? `the ${what}` : `${pointer} of the ${what}`;
  const instead = candidateSends
    ? `Keep ${place} of ${type} as ${told(other)} accepts it, or have ${other.name} deployed first with a version that accepts the new one.`
    : `Accept ${place} of ${type} as ${told(other)} sends it, or have ${other.name} deployed first with a version that sends the new one.`;
  return [
    {
      ...{ code: 'does-not-fit', subject: type, pointer, other: nameOf(other) },
      message: `${type}: in ${place}, ${why}; ${says}.`,
      todo: instead,
    },
  ];
};

/** What the versions before it sent and answered, and the candidate does not, while somebody still counts on it. */
const removals = ({ candidate, live, replaced }: Required<Omit<GateInput, 'beside'>>): readonly GateProblem[] => {
  const sends = ({ contract }: Participant) => [...Object.keys(contract.emits), ...Object.keys(contract.pushes)];
  const gone = (of: (participant: Participant) => readonly string[]) =>
    [...new Set(replaced.flatMap(of))].filter((type) => !of(candidate).includes(type)).toSorted();
  const stillSent = new Set(live.flatMap(sends));
  const events = gone(sends)
    .filter((type) => !stillSent.has(type))
    .flatMap((type) =>
      live
        .filter(({ contract }) => Object.hasOwn(contract.listens, type))
        .map((other): GateProblem => ({
          ...{ code: 'event-removed', subject: type, pointer: '', other: nameOf(other) },
          message: `${type}: ${told(candidate)} sends it no more, nobody else does, and ${told(other)} listens.`,
          todo: `Go on sending ${type}, or have ${other.name} deployed first with a version that does not listen to it.`,
        })),
    );
  const handlers = gone(({ contract }) => Object.keys(contract.handles)).flatMap((type) =>
    live
      .filter(({ contract }) => Object.hasOwn(contract.requests, type))
      .map((other): GateProblem => ({
        ...{ code: 'handler-removed', subject: type, pointer: '', other: nameOf(other) },
        message: `${type}: ${told(candidate)} answers it no more, and ${told(other)} asks it.`,
        todo: `Go on answering ${type}, or have ${other.name} deployed first with a version that does not ask it.`,
      })),
  );
  return [...events, ...handlers];
};

const routeProblems = (candidate: Participant, other: Participant): readonly GateProblem[] => {
  const shape = (path: string) => path.replaceAll(/:[^/]+/g, ':');
  const taken = new Set(other.routes.map(({ path }) => shape(path)));
  return candidate.routes
    .filter(({ path }) => taken.has(shape(path)))
    .map(({ path }) => ({
      ...{ code: 'route-taken', subject: path, pointer: '', other: nameOf(other) },
      message: `The page ${quoted(path)} is that of ${told(other)}.`,
      todo: `Give the route another path, or have ${other.name} deployed first with a version without it.`,
    }));
};

/** The types that both have, with what each says about it. */
const shared = <Left, Right>(
  left: Readonly<Record<string, Left>>,
  right: Readonly<Record<string, Right>>,
): readonly (readonly [string, Left, Right])[] =>
  Object.entries(left).flatMap(([type, mine]) => {
    const theirs = Object.hasOwn(right, type) ? right[type] : undefined;
    return theirs === undefined ? [] : [[type, mine, theirs] as const];
  });

const told = ({ name, version }: Participant): string => `${name} ${version}`;

const nameOf = ({ name, version }: Participant) => ({ name, version });
