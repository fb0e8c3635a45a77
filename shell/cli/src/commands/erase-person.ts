import { createInterface } from 'node:readline/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { shopOptions, type Command, type Input } from '../command.ts';
import { CommandFailed, WrongUse } from '../errors.ts';
import { describePerson, findPersons, type Person, type PersonQuery } from '../persons/find-person.ts';
import { asStaff, type StaffRequest } from '../shop/as-staff.ts';

/** Answer of `/api/shell/erasures/<id>`. */
interface Erasure {
  readonly personId: string;
  readonly requestedAt: string;
  readonly owners: readonly { readonly owner: string; readonly erasedAt?: string; readonly unsealed?: number }[];
  readonly done: boolean;
}

const [askEveryMs, waitMs] = [200, 60_000];

/** `souk erase-person ID` */
export const erasePersonCommand: Command = {
  name: 'erase-person',
  summary: 'Erases a person: address, card and what was said become unreadable everywhere, also in the log',
  positionals: ['ID?'],
  options: {
    ...shopOptions,
    order: { type: 'string', value: 'NUMBER', summary: 'the person who placed this order, instead of ID' },
    email: { type: 'string', value: 'ADDRESS', summary: 'everybody who ordered with this address, instead of ID' },
    conversation: { type: 'string', value: 'ID', summary: 'the person of this conversation, instead of ID' },
    yes: { type: 'boolean', summary: 'do not ask whether it is meant' },
  },
  notes: [
    'ID is the id of a browser, as orders and conversations carry it; one that begins with - goes behind --.',
    'The key of the person is shredded in each backend that keeps something about persons. Orders stay for the books, without\n' +
      'address and card. It cannot be undone, and a backup of the log does not bring it back; a backup of the keys does until\n' +
      'the shop has started with it.',
    'Exit code 1 when nobody is found, or when a backend has not answered within a minute: it will when it is back.',
  ],
  async run(input) {
    const query = queryOf(input);
    await asStaff(input, async (request) => {
      const persons = await findPersons(request, query);
      if (persons.length === 0) throw new CommandFailed(`nobody is found by ${Object.values(query)[0]}`);
      await confirm(persons, input);
      const erasures: Erasure[] = [];
      for (const { personId } of persons) erasures.push(await erase(request, personId, input));
      input.output.result(
        () => erasures.map(describe).join('\n'),
        () => ({ erased: erasures }),
      );
    });
    return 0;
  },
};

function queryOf({ positionals: [personId], options }: Input): PersonQuery {
  const { order, email, conversation } = options;
  const given: PersonQuery[] = [
    ...(personId === undefined ? [] : [{ personId }]),
    ...(typeof order === 'string' ? [{ orderId: order }] : []),
    ...(typeof email === 'string' ? [{ email }] : []),
    ...(typeof conversation === 'string' ? [{ conversationId: conversation }] : []),
  ];
  const [only, ...more] = given;
  if (only === undefined || more.length > 0) {
    throw new WrongUse('souk erase-person: say who it is, by ID or by one of --order, --email, --conversation');
  }
  return only;
}

async function confirm(persons: readonly Person[], { options, output }: Input): Promise<void> {
  for (const person of persons) output.note(describePerson(person));
  if (options['yes'] === true) return;
  if (!process.stdin.isTTY) throw new WrongUse('souk erase-person: nobody can be asked here; say --yes if it is meant');
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await ask.question('Erase for ever? Orders stay, without address and card. Type yes: ');
  ask.close();
  if (answer.trim().toLowerCase() !== 'yes') throw new CommandFailed('nothing is erased');
}

/** Asks for it and looks on until every owner has done it. */
async function erase(request: StaffRequest, personId: string, { output }: Input): Promise<Erasure> {
  const path = `/api/shell/erasures/${encodeURIComponent(personId)}`;
  const deadline = performance.now() + waitMs;
  let erasure = (await (await request(path, { json: {} })).json()) as Erasure;
  while (!erasure.done && performance.now() < deadline) {
    output.progress(() => `waiting for ${waitingFor(erasure)}`);
    await delay(askEveryMs);
    erasure = (await (await request(path)).json()) as Erasure;
  }
  output.endProgress();
  if (erasure.done) return erasure;
  const late = waitingFor(erasure);
  throw new CommandFailed(
    `${personId} is asked to be erased, but there is no answer yet from: ${late}; it erases when it is back, which calling this again shows`,
  );
}

function waitingFor({ owners }: Erasure): string {
  return owners.flatMap(({ owner, erasedAt }) => (erasedAt === undefined ? [owner] : [])).join(', ');
}

function describe({ personId, owners }: Erasure): string {
  const lines = owners.map(({ owner, unsealed = 0 }) =>
    unsealed === 0
      ? `  ${owner.padEnd(8)} erased`
      : `  ${owner.padEnd(8)} erased; ${unsealed} events from before there were seals stay readable in the log`,
  );
  return [`${personId} is erased`, ...lines].join('\n');
}
