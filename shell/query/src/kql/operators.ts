import { at, type Node } from './parse.ts';
import { aggregateOf } from './aggregates.ts';
import { defaultName, nameIn, translate, type Scope } from './expressions.ts';
import {
  name,
  withOrderKept,
  type Expression,
  type KqlColumn,
  type KqlType,
  type Relation,
  type Tables,
} from './relation.ts';

/** What a whole query stands in. */
export interface Context {
  readonly tables: Tables;
  readonly now: Date;
}

type Operator = (operator: Node, input: Relation, context: Context) => Relation;

const eventTypes: Readonly<Record<string, KqlType>> = { position: 'long', time: 'datetime', data: 'dynamic' };

/** A table, or what comes out of a pipe. */
export function pipe(node: Node, context: Context): Relation {
  switch (node.kind) {
    case 'NameReference':
      return tableOf(node, context);
    case 'ParenthesizedExpression':
      return pipe(node.children[0] ?? node, context);
    case 'PipeExpression': {
      const [input = node, operator = node] = node.children;
      const translateOperator = operators[operator.kind];
      const [word = ''] = operator.text.split(/[\s(]/);
      if (!translateOperator) throw at(operator, `the operator "${word}" is not supported`);
      return translateOperator(operator, pipe(input, context), context);
    }
    default:
      throw at(node, 'a query begins with a table, such as events');
  }
}

function tableOf(node: Node, { tables }: Context): Relation {
  const table = nameIn(node);
  const columns = tables.get(table);
  if (!columns) throw at(node, `there is no table "${table}"; there are: ${[...tables.keys()].join(', ')}`);
  return {
    sql: `SELECT * FROM ${name(table)}`,
    ...(table === 'events' && { natural: name('position') }),
    columns: columns.map((column) => ({
      name: column,
      type: table === 'events' ? (eventTypes[column] ?? 'string') : 'any',
    })),
  };
}

const scopeOf = (input: Relation, { now }: Context): Scope => ({ columns: input.columns, now });

const operators: Readonly<Record<string, Operator>> = {
  FilterOperator(operator, input, context) {
    const condition = translate(last(operator), scopeOf(input, context));
    return { ...input, sql: `SELECT * FROM (${input.sql}) WHERE ${condition.sql}` };
  },
  ExtendOperator(operator, input, context) {
    const added = namedAll(lists(operator).at(-1) ?? [], scopeOf(input, context));
    const byName = new Map(added.map((each) => [each.name, each]));
    const kept = input.columns.filter((column) => !byName.has(column.name)).map(asIs);
    return select(input, [...kept, ...byName.values()]);
  },
  ProjectOperator(operator, input, context) {
    return select(input, namedAll(lists(operator).at(-1) ?? [], scopeOf(input, context)));
  },
  ProjectAwayOperator(operator, input) {
    const away = new Set((lists(operator).at(-1) ?? []).map((each) => known(each, input)));
    return select(input, input.columns.filter((column) => !away.has(column.name)).map(asIs));
  },
  SummarizeOperator(operator, input, context) {
    const [, aggregates = []] = lists(operator);
    const byClause = operator.children.find(({ kind }) => kind === 'SummarizeByClause');
    const scope = scopeOf(input, context);
    const keys = namedAll(byClause ? (lists(byClause)[0] ?? []) : [], scope);
    const values = aggregates.flatMap((each, _, all) => aggregateOf(each, scope, keys, all.length));
    return grouped(input, keys, unique([...keys, ...values]).slice(keys.length));
  },
  DistinctOperator(operator, input, context) {
    const given = lists(operator).at(-1) ?? [];
    const columns =
      given[0]?.kind === 'StarExpression' ? input.columns.map(asIs) : namedAll(given, scopeOf(input, context));
    return grouped(input, columns, []);
  },
  CountOperator: (_operator, { sql }) => ({
    sql: `SELECT count(*) AS "Count" FROM (${sql})`,
    columns: [{ name: 'Count', type: 'long' }],
  }),
  SortOperator(operator, input, context) {
    const keys = (lists(operator).at(-1) ?? []).map((each) => orderOf(each, scopeOf(input, context)));
    return { ...input, orderBy: keys.join(', ') };
  },
  TakeOperator: (operator, input, context) => take(input, last(operator), context),
  TopOperator(operator, input, context) {
    const [count = operator] = operator.children.filter(({ kind }) => kind !== 'TopKeyword' && kind !== 'List');
    return take({ ...input, orderBy: orderOf(last(operator), scopeOf(input, context)) }, count, context);
  },
  JoinOperator: join,
};

function take(input: Relation, count: Node, context: Context): Relation {
  const limit = Number(count.value ?? count.children[0]?.value ?? Number.NaN);
  if (!Number.isSafeInteger(limit) || limit < 0) {
    const { sql } = translate(count, { columns: [], now: context.now });
    throw at(count, `a whole number is needed here, not ${sql}`);
  }
  const orderBy = input.orderBy ?? input.natural;
  const order = orderBy === undefined ? '' : ` ORDER BY ${orderBy}`;
  return { ...input, sql: `SELECT * FROM (${input.sql})${order} LIMIT ${limit}` };
}

/** As in KQL, the largest first unless told otherwise; nulls are smallest. */
function orderOf(node: Node, scope: Scope): string {
  const [value = node, ordering] = node.kind === 'OrderedExpression' ? node.children : [node];
  const text = (ordering?.text ?? 'desc').replace(/\s+/g, ' ');
  const direction = text.startsWith('asc') ? 'ASC' : 'DESC';
  const nulls = /nulls (first|last)$/.exec(text)?.[1]?.toUpperCase();
  return `${translate(value, scope).sql} ${direction}${nulls === undefined ? '' : ` NULLS ${nulls}`}`;
}

function join(operator: Node, left: Relation, context: Context): Relation {
  const [parameters = []] = lists(operator);
  const kinds: Readonly<Record<string, string>> = { inner: 'JOIN', leftouter: 'LEFT JOIN' };
  const kindNode = parameters.find(({ text }) => text.startsWith('kind'));
  const kind = kindNode && kinds[last(kindNode).text];
  if (!kind)
    throw at(kindNode ?? operator, 'only join kind=inner and kind=leftouter are supported; the kind must be named');
  const onClause = operator.children.find(({ kind: each }) => each === 'JoinOnClause');
  const table = operator.children.find(({ kind: each }) => /^(NameReference|ParenthesizedExpression)$/.test(each));
  if (!table || !onClause) throw at(operator, 'a join names a table, and behind "on" what must be equal');
  const right = pipe(table, context);
  const conditions = (lists(onClause)[0] ?? []).map((each) => {
    if (each.kind === 'NameReference') return `l.${name(known(each, left))} = r.${name(known(each, right))}`;
    const [one, other] = each.children.filter(({ kind: side }) => side === 'PathExpression');
    const sides = [one, other].map((side) => side?.children.map(nameIn) ?? []);
    if (each.kind !== 'EqualExpression' || sides[0]?.[0] !== '$left' || sides[1]?.[0] !== '$right') {
      throw at(each, 'a condition of a join is a column, or $left.column == $right.column');
    }
    const columnOf = (side: Node | undefined, relation: Relation) => known(side?.children.at(-1) ?? each, relation);
    return `l.${name(columnOf(one, left))} = r.${name(columnOf(other, right))}`;
  });
  const taken = new Set(left.columns.map((column) => column.name));
  const columns = right.columns.map((column) => {
    let renamed = column.name;
    for (let count = 1; taken.has(renamed); count++) renamed = `${column.name}${count}`;
    taken.add(renamed);
    return { ...column, from: column.name, name: renamed };
  });
  const list = [
    ...left.columns.map((column) => `l.${name(column.name)} AS ${name(column.name)}`),
    ...columns.map((column) => `r.${name(column.from)} AS ${name(column.name)}`),
  ];
  return {
    sql: `SELECT ${list.join(', ')} FROM (${left.sql}) AS l ${kind} (${right.sql}) AS r ON ${conditions.join(' AND ')}`,
    columns: [...left.columns, ...columns.map(({ name: column, type }) => ({ name: column, type }))],
  };
}

/** A column with the expression that makes it. */
interface Named extends Expression {
  readonly name: string;
}

const asIs = (column: KqlColumn): Named => ({ ...column, sql: name(column.name) });

function select(input: Relation, columns: readonly Named[]): Relation {
  const { sql, orderBy, hidden } = withOrderKept(input);
  const list = columns.map((column) => `${column.sql} AS ${name(column.name)}`);
  if (hidden !== undefined) list.push(name(hidden));
  return {
    sql: `SELECT ${list.join(', ')} FROM (${sql})`,
    columns: columns.map(columnOf),
    ...(orderBy && { orderBy }),
    ...(input.natural && list.includes(`${input.natural} AS ${input.natural}`) && { natural: input.natural }),
  };
}

function grouped(input: Relation, keys: readonly Named[], values: readonly Named[]): Relation {
  const columns = [...keys, ...values];
  const list = columns.map((column) => `${column.sql} AS ${name(column.name)}`).join(', ');
  const by = keys.length === 0 ? '' : ` GROUP BY ${keys.map((_, index) => index + 1).join(', ')}`;
  return { sql: `SELECT ${list} FROM (${input.sql})${by}`, columns: columns.map(columnOf) };
}

const columnOf = ({ name: column, type }: Named): KqlColumn => ({ name: column, type });

function namedAll(nodes: readonly Node[], scope: Scope): Named[] {
  return unique(
    nodes.map((node, index) => {
      const [declared, value] =
        node.kind === 'SimpleNamedExpression' ? [node.children[0], last(node)] : [undefined, node];
      return { ...translate(value, scope), name: declared ? nameIn(declared) : defaultName(value, index) };
    }),
  );
}

/** The second column of a name gets a number, as in KQL. */
function unique(columns: readonly Named[]): Named[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let free = column.name;
    for (let count = 1; taken.has(free); count++) free = `${column.name}${count}`;
    taken.add(free);
    return { ...column, name: free };
  });
}

function known(node: Node, { columns }: Relation): string {
  const wanted = nameIn(node);
  if (columns.some((column) => column.name === wanted)) return wanted;
  throw at(node, `there is no column "${wanted}" here; there are: ${columns.map((column) => column.name).join(', ')}`);
}

const lists = (node: Node): (readonly Node[])[] =>
  node.children.filter(({ kind }) => kind === 'List').map(({ children }) => children);

const last = (node: Node): Node => node.children.at(-1) ?? node;
