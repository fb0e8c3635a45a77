import type { EventChannel, Recorded } from '@souk/event-channel';
import { cloudEvent } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import type { IntegrationData } from '@souk/shared-events/integration';
import { evolveDeployment, noDeployment } from './domain/rollout.ts';
import type { DeploymentFact, Deployments, MfeDeployment } from './domain/rollout.ts';

/** A moment of the log: the position of an event in stream `shell`, or a time. */
export type Moment = number | Date;

/** What was deployed from an event of the log on. */
export interface PastState {
  readonly position: number;
  /** ISO 8601 UTC. */
  readonly time: string;
  readonly deployments: Deployments;
}

/** What the events of stream `shell` say is deployed, as the log stands or stood. */
export interface DeploymentLog {
  /** As of now: own changes at once, those of other processes as soon as their events arrive. */
  deployments(): Deployments;
  /** Position of the last event that {@link deployments} knows. */
  position(): number;
  /** Hears of every change, after it. @returns ends it */
  onChange(listener: (name: string) => void): () => void;
  /** Each state that there was, from the first on: after every event that changed something. */
  replay(): AsyncIterable<PastState>;
  /** As it was when the event at a position had just been written, or at a time. */
  asOf(moment: Moment): Promise<Deployments>;
  /**
   * Writes what `decide` makes of the state, as one commit; when another process was faster, it decides again. Changes
   * of this process happen one after the other, so that a decision may look at all of {@link deployments}.
   * @throws what `decide` throws
   */
  change(name: string, decide: Decide): Promise<MfeDeployment>;
  /** Keeps in the log that somebody was refused: the audit. Never changes what is deployed. */
  refuse(refusal: Refusal): Promise<void>;
  close(): Promise<void>;
}

/** Who was refused what, and why. */
export type Refusal = IntegrationData['shell.mfe-refused.v1'];

/** What to write, from the state of one micro frontend. */
export type Decide = (state: MfeDeployment) => readonly DeploymentFact[] | Promise<readonly DeploymentFact[]>;

const everything = 'shell.mfe.>';
const attempts = 20;

export interface DeploymentLogOptions {
  readonly channel: EventChannel;
  readonly clock: () => Date;
  /** Runs before a state takes effect in this process, which it does all the same when this fails. */
  readonly prepare: (next: MfeDeployment) => Promise<void>;
}

/** Reads the log to its end and follows it from there. */
export const followDeployments = async ({ channel, clock, prepare }: DeploymentLogOptions): Promise<DeploymentLog> => {
  const view = deploymentView();
  const listeners = new Set<(name: string) => void>();
  const ended = new AbortController();
  const arrivals: (() => void)[] = [];
  let queue: Promise<unknown> = Promise.resolve();

  const take = async (recorded: Recorded) => {
    const next = view.next(recorded);
    if (next) await prepare(next).catch(() => undefined);
    const name = view.apply(recorded);
    for (const waiting of arrivals.splice(0)) waiting();
    if (name !== undefined) for (const listener of listeners) listener(name);
  };
  for await (const recorded of channel.read(everything)) view.apply(recorded);
  await Promise.allSettled(Object.values(view.all()).map(prepare));

  /** Always in the order of the log, so that whatever is before `view.position()` is known. */
  const readOn = async () => {
    for await (const recorded of channel.read(everything, { from: view.position() + 1 })) await take(recorded);
  };

  const following = (async () => {
    for await (const recorded of channel.tail(everything, view.position() + 1, ended.signal)) await take(recorded);
  })().catch(() => undefined); // the channel was closed

  const change = async (name: string, decide: Decide): Promise<MfeDeployment> => {
    for (let attempt = 1; ; attempt++) {
      // Of the whole stream: a decision looks at every micro frontend, so nobody may have changed another one meanwhile.
      const lastPosition = await channel.lastPosition('shell');
      // What other processes have written so far, and in a further attempt what was faster than we.
      await readOn();
      const facts = await decide(view.of(name));
      if (facts.length === 0) return view.of(name);
      const events = facts.map(({ type, data }) => cloudEvent({ type, source: '/shell', data, time: clock() }));
      const subject = subjects.mfe(name);
      try {
        const { position } = await channel.append(subject, events, { expect: { lastPosition } });
        await readOn();
        // A replica of the log may be behind what was just written to its leader.
        while (view.position() < position && !ended.signal.aborted) {
          await new Promise<void>((resolve) => arrivals.push(resolve));
        }
        return view.of(name);
      } catch (error) {
        if ((error as { code?: unknown }).code !== 'wrong-revision' || attempt === attempts) throw error;
      }
    }
  };

  return {
    deployments: view.all,
    position: view.position,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async *replay() {
      const then = deploymentView();
      for await (const recorded of channel.read(everything)) {
        const { position, event } = recorded;
        if (then.apply(recorded) !== undefined) yield { position, time: event.time, deployments: then.all() };
      }
    },
    async asOf(moment) {
      const then = deploymentView();
      const range = typeof moment === 'number' ? { to: moment } : {};
      if (moment === 0) return then.all();
      for await (const recorded of channel.read(everything, range)) {
        if (moment instanceof Date && recorded.event.time > moment.toISOString()) continue;
        then.apply(recorded);
      }
      return then.all();
    },
    change(name, decide) {
      const done = queue.then(() => change(name, decide));
      queue = done.catch(() => undefined);
      return done;
    },
    async refuse(data) {
      const event = cloudEvent({ type: 'shell.mfe-refused.v1', source: '/shell', data, time: clock() });
      await channel.append(subjects.mfe(data.name), [event], { expect: 'any' });
    },
    async close() {
      ended.abort();
      for (const waiting of arrivals.splice(0)) waiting();
      await following;
    },
  };
};

/** The state by name, from events that may come twice: once as our own, once from the log. */
const deploymentView = () => {
  const states = new Map<string, { state: MfeDeployment; position: number }>();
  let all: Deployments = {};
  let last = 0;

  /** The state after an event; `undefined` when it is old or changes nothing. */
  const next = ({ subject, position, event }: Recorded): MfeDeployment | undefined => {
    const name = nameIn(subject);
    const { state = noDeployment(name), position: known = 0 } = states.get(name) ?? {};
    if (position <= known) return undefined;
    const fact = { type: event.type, data: event.data, time: event.time } as DeploymentFact & { time: string };
    const after = evolveDeployment(state, fact);
    return after === state ? undefined : after;
  };

  return {
    all: () => all,
    of: (name: string) => states.get(name)?.state ?? noDeployment(name),
    position: () => last,
    next,
    /** @returns the name, when it was news */
    apply(recorded: Recorded): string | undefined {
      const { subject, position } = recorded;
      const name = nameIn(subject);
      const known = states.get(name);
      const after = next(recorded);
      last = Math.max(last, position);
      if (known !== undefined && position <= known.position) return undefined;
      const state = after ?? known?.state ?? noDeployment(name);
      states.set(name, { state, position });
      // One that has only been refused is no deployment.
      if (Object.keys(state.versions).length > 0) all = { ...all, [name]: state };
      return after === undefined ? undefined : name;
    },
  };
};

const nameIn = (subject: string): string => subject.split('.')[2] ?? '';
