import type { Recorded } from '@souk/event-channel';
import { Conflict, NotFound } from '../api-error.ts';
import { projection } from '../projection.ts';
import { reactor } from '../reactor.ts';
import { closeAll } from '../shutdown.ts';
import { isSagaId, parseSagaCommandId } from './command-id.ts';
import { actsFor } from './decide.ts';
import type { SagaInput } from './decide.ts';
import type { Saga } from './definition.ts';
import { describeSaga } from './describe-saga.ts';
import { dueTimer } from './due-timer.ts';
import { sagaBook } from './saga-book.ts';
import type { SagaChange } from './saga-book.ts';
import { sagaLog } from './saga-log.ts';
import type { LoggedSaga } from './saga-log.ts';
import { sagaMetrics } from './saga-metrics.ts';
import { sagaSpans } from './saga-spans.ts';
import { sagaTable } from './saga-table.ts';
import type { Sagas, SagasOptions } from './sagas.ts';

const AT_ONCE = 256;

/**
 * Runs sagas: replies and the clock go in, commands come out. A saga's own events and the commands they send are one
 * commit on one subject, so that no crash comes between a decision and what follows from it. Decides from memory, against
 * the subject's revision; the log is read only for a saga that is not in memory: after a restart, or when it was over.
 */
export function openSagas(options: SagasOptions): Sagas {
  const { name, stream = name, channel, db, definitions, replies, log, clock = () => new Date(), onChange } = options;
  const now = () => clock().getTime();
  const table = sagaTable(db);
  const logged = sagaLog(channel, name, stream);
  const known = (definition: string, version: number) =>
    definitions.find((one) => one.name === definition && one.version === version);
  const spans = sagaSpans();
  const watchers: ((change: SagaChange) => void)[] = [spans.observe, ...(onChange === undefined ? [] : [onChange])];
  const tellAll = (change: SagaChange) => {
    for (const watch of watchers) {
      try {
        watch(change);
      } catch (error) {
        log?.error({ err: error, sagas: name, saga: change.id }, 'somebody who watches sagas failed');
      }
    }
  };
  const book = sagaBook({ channel, sagas: logged, known, now, onChange: tellAll });
  const prefix = logged.subjectOf('');

  const rows = projection({
    name: 'sagas',
    ...{ channel, db, stream, filter: `${prefix}>` },
    ...(log ? { log } : {}),
    tables: ['souk_saga'],
    apply({ subject, event, position }, into) {
      const id = subject.slice(prefix.length);
      // Another one is built aside: memory and timer go by the one that serves.
      const serves = into === db;
      if (serves) book.saw(id, position);
      const own = logged.read(event);
      if (own === undefined) return;
      (serves ? table : sagaTable(into)).apply(id, own);
      if (serves) timer.changed();
    },
  });

  const types = new Set(definitions.flatMap((definition) => replyTypes(definition)));
  const answer = async (recorded: Recorded) => {
    const reply = book.followed(recorded) ? undefined : replyOf(recorded);
    if (reply !== undefined) await book.tell(reply.to.sagaId, () => reply, recorded.event);
  };
  const reactors = replies.map(({ stream: from, filter }) =>
    reactor({
      name: `${name}-sagas-${from}`,
      ...{ channel, db, types: [...types], stream: from, inbox: false, handle: answer },
      ...(filter === undefined ? {} : { filter }),
      ...(log ? { log } : {}),
    }),
  );
  // Where the log is written here, a reply and what follows from it are one commit: half as long a way for each step.
  const followUps = replies.map(({ stream: from, filter = `${from}.>` }) =>
    channel.followUp?.(filter, (recorded) => {
      const reply = types.has(recorded.event.type) ? replyOf(recorded) : undefined;
      return reply && book.follow(reply.to.sagaId, reply, recorded);
    }),
  );

  let caughtUp = false;
  const timer = dueTimer({
    now,
    earliest: () => (caughtUp ? table.earliestDue() : undefined),
    async run(nowMs) {
      await inParallel(table.dueBy(nowMs, AT_ONCE), (id) => book.tell(id, () => ({ kind: 'due' })));
    },
  });
  const settled = rows.ready().then(
    async () => {
      caughtUp = true;
      await lookAtDefinitions();
      timer.changed();
    },
    (error: unknown) => log?.warn({ err: error, sagas: name }, 'sagas did not catch up'),
  );

  /** Nothing sticks: what nobody knows parks, and what was parked for that and is known again goes on. */
  async function lookAtDefinitions(): Promise<void> {
    for (const { definition, version } of table.liveDefinitions()) {
      if (known(definition, version) === undefined) {
        await inParallel(table.idsOf(definition, version), (id) => book.tell(id, () => ({ kind: 'due' })));
        continue;
      }
      const again = { kind: 'act', act: 'retry', who: `/${name}`, why: 'its definition is known again' } as const;
      await inParallel(table.idsOf(definition, version, 'unknown-definition'), (id) =>
        book.tell(id, ({ state }) => (state.parked?.code === 'unknown-definition' ? again : undefined)),
      );
    }
  }

  return {
    name: `${name}-sagas`,
    definitions,
    projection: rows,
    reactors,
    parts: [rows, ...reactors],
    async start({ definition, id, data, cause }) {
      const newest = definitions.filter((one) => one.name === definition).toSorted((a, b) => b.version - a.version)[0];
      if (newest === undefined) throw new TypeError(`there is no saga "${definition}"`);
      if (!isSagaId(id)) throw new TypeError(`"${id}" cannot be the id of a saga`);
      return book.start(newest, id, data, cause);
    },
    async get(id) {
      const saga = isSagaId(id) ? await book.look(id) : undefined;
      if (saga === undefined) throw new NotFound();
      const { state, revision } = saga;
      return { state, revision, acts: actsFor(known(state.definition, state.version), state) };
    },
    async describe(id) {
      const found = isSagaId(id) ? await describeSaga({ channel, sagas: logged, known }, id) : undefined;
      if (found === undefined) throw new NotFound();
      return found;
    },
    list: (query) => table.list(query),
    counts: () => table.counts(),
    async act(id, { revision, cause, ...act }) {
      const what = ({ state, revision: now }: LoggedSaga): SagaInput => {
        if (revision !== undefined && revision !== now)
          throw new Conflict('saga-moved-on', 'the saga has moved on; look at it again');
        const acts = actsFor(known(state.definition, state.version), state);
        if (!acts.includes(act.act)) {
          const possible = acts.length === 0 ? 'nothing' : acts.join(', ');
          throw new Conflict('act-not-possible', `"${act.act}" makes no sense now; possible: ${possible}`);
        }
        return { kind: 'act', ...act };
      };
      const position = isSagaId(id) ? await book.tell(id, what, cause) : undefined;
      if (position === undefined) throw new NotFound();
      return { position };
    },
    countIn(registry) {
      const metrics = sagaMetrics(registry, { counts: () => table.counts(), oldest: () => table.oldest(), now });
      watchers.push((change) => metrics.observe(change));
    },
    async status() {
      const statuses = await Promise.all([rows, ...reactors].map((one) => one.status()));
      const { pending } = table.oldest();
      const failing = statuses.flatMap((one) => (one.failing === undefined ? [] : [one.failing])).join('; ');
      return {
        name: `${name}-sagas`,
        kind: 'sagas',
        caughtUp: statuses.every((one) => one.caughtUp),
        streams: statuses.flatMap((one) => (one.kind === 'projection' ? one.streams : [])),
        deadLetters: statuses.reduce((sum, one) => sum + one.deadLetters, 0),
        ...(failing === '' ? {} : { failing }),
        sagas: {
          ...table.counts(),
          oldestPendingSeconds: pending === undefined ? 0 : Math.max(0, (now() - pending) / 1000),
        },
      };
    },
    async close() {
      for (const followUp of followUps) await followUp?.close();
      await closeAll([rows, ...reactors, timer, { close: () => settled.then(() => undefined) }, book].toReversed());
    },
  };
}

/** `undefined`: it answers no saga. */
function replyOf({ event, stream, subject, position }: Recorded): Extract<SagaInput, { kind: 'reply' }> | undefined {
  const to = parseSagaCommandId(event.causationid);
  const place = { id: event.id, type: event.type, stream, subject, position };
  return to && { kind: 'reply', to, type: event.type, data: event.data, place };
}

function replyTypes({ steps }: Saga): string[] {
  return steps
    .flatMap(({ compensation, ...step }) => [step, ...(compensation ? [compensation] : [])])
    .flatMap(({ succeeds, fails = {} }) => [...Object.keys(succeeds), ...Object.keys(fails)]);
}

async function inParallel(ids: readonly string[], work: (id: string) => Promise<unknown>): Promise<void> {
  const results = await Promise.allSettled(ids.map((id) => work(id)));
  const failed = results.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
