import { at, type Node } from './parse.ts';
import { callOf, defaultName, nameIn, translate, type Scope } from './expressions.ts';
import { name, type Expression, type KqlType } from './relation.ts';

/** An aggregate of KQL, in SQL. */
interface Aggregate {
  readonly args: number;
  readonly type: KqlType | 'of-argument';
  readonly sql: (value: string, second: string) => string;
}

interface Named extends Expression {
  readonly name: string;
}

const aggregate = (args: number, type: Aggregate['type'], sql: Aggregate['sql']): Aggregate => ({ args, type, sql });

const aggregates: Readonly<Record<string, Aggregate>> = {
  count: aggregate(0, 'long', () => 'count(*)'),
  countif: aggregate(1, 'long', (test) => `count(*) FILTER (WHERE ${test})`),
  sum: aggregate(1, 'of-argument', (value) => `coalesce(sum(${value}), 0)`),
  sumif: aggregate(2, 'of-argument', (value, test) => `coalesce(sum(${value}) FILTER (WHERE ${test}), 0)`),
  avg: aggregate(1, 'real', (value) => `avg(${value})`),
  avgif: aggregate(2, 'real', (value, test) => `avg(${value}) FILTER (WHERE ${test})`),
  min: aggregate(1, 'of-argument', (value) => `min(${value})`),
  max: aggregate(1, 'of-argument', (value) => `max(${value})`),
  dcount: aggregate(1, 'long', (value) => `count(DISTINCT ${value})`),
  dcountif: aggregate(2, 'long', (value, test) => `count(DISTINCT ${value}) FILTER (WHERE ${test})`),
  percentile: aggregate(2, 'real', (value, percent) => `percentile(${value}, ${percent})`),
  make_list: aggregate(1, 'dynamic', (value) => `json_group_array(${value}) FILTER (WHERE ${value} IS NOT NULL)`),
  make_set: aggregate(
    1,
    'dynamic',
    (value) => `json_group_array(DISTINCT ${value}) FILTER (WHERE ${value} IS NOT NULL)`,
  ),
  take_any: aggregate(1, 'of-argument', (value) => `max(${value})`),
};

/**
 * The columns that one aggregate of `summarize` makes.
 * @param count how many aggregates there are beside it, itself included
 */
export function aggregateOf(node: Node, scope: Scope, keys: readonly Named[], count: number): Named[] {
  const isNamed = node.kind === 'SimpleNamedExpression';
  const value = isNamed ? (node.children.at(-1) ?? node) : node;
  const { name: called, args } = value.kind === 'FunctionCallExpression' ? callOf(value) : { name: '', args: [] };
  const given = isNamed && node.children[0] ? nameIn(node.children[0]) : undefined;
  if (called === 'arg_max' || called === 'arg_min') return extreme(value, called, args, scope, keys, count, given);

  let used = 0;
  const translated = translate(value, {
    ...scope,
    aggregate(call) {
      const { name: function_, args: own } = callOf(call);
      const known = Object.hasOwn(aggregates, function_) ? aggregates[function_] : undefined;
      // `min` and `max` are no scalar functions in KQL.
      if (!known) return undefined;
      if (own.length !== known.args) throw at(call, `"${function_}" takes ${known.args} arguments`);
      used++;
      const [first, second] = own.map((arg) => translate(arg, scope));
      const type = known.type === 'of-argument' ? (first?.type ?? 'any') : known.type;
      return { sql: known.sql(first?.sql ?? '', second?.sql ?? ''), type };
    },
  });
  if (used === 0) throw at(value, `"${value.text}" is no aggregate; columns to group by stand behind "by"`);
  return [{ ...translated, name: given ?? nameOf(called, args) }];
}

/** The row with the largest or smallest value: SQLite takes plain columns beside one `max` or `min` from its row. */
function extreme(
  node: Node,
  called: 'arg_max' | 'arg_min',
  args: readonly Node[],
  scope: Scope,
  keys: readonly Named[],
  count: number,
  given: string | undefined,
): Named[] {
  const [by, ...wanted] = args;
  if (!by || wanted.length === 0) throw at(node, `"${called}" takes what to compare, and the columns to show, or *`);
  if (count > 1) throw at(node, `"${called}" is supported alone only, without other aggregates`);
  const value = translate(by, scope);
  const first = { ...value, sql: `${called.slice(4)}(${value.sql})`, name: given ?? defaultName(by, 0) };
  const taken = new Set([...keys.map((key) => key.name), first.name]);
  const shown = wanted.flatMap((column, index): Named[] => {
    if (column.kind !== 'StarExpression')
      return [{ ...translate(column, scope), name: defaultName(column, index + 1) }];
    return scope.columns.filter((each) => !taken.has(each.name)).map((each) => ({ ...each, sql: name(each.name) }));
  });
  return [first, ...shown];
}

/** As KQL names them: `count_`, `sum_price`. */
function nameOf(called: string, args: readonly Node[]): string {
  const [first] = args;
  const column = first && /^(NameReference|PathExpression)$/.test(first.kind) ? defaultName(first, 0) : '';
  return called === '' ? 'Column1' : `${called}_${column}`;
}
