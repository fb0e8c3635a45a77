import { at, parseKql, type Node } from './parse.ts';
import { pipe } from './operators.ts';
import { name, type Tables } from './relation.ts';

/** A query in SQL, and how its answer would like to be shown. */
export interface Translated {
  readonly sql: string;
  readonly render?: string;
}

/**
 * KQL as SQL over the same tables. Booleans are 1 and 0, time spans are milliseconds.
 * @param now what `now()` and `ago()` stand for
 * @throws {QueryFailed} what cannot be read, or is not supported, named with its place
 */
export function translateKql(text: string, tables: Tables, now: Date = new Date()): Translated {
  const block = parseKql(text, new Set([...tables.values()].flat()));
  const statements = block.children.flatMap((list) => (list.kind === 'List' ? list.children : []));
  const [statement, second] = statements;
  if (statement?.kind !== 'ExpressionStatement') throw notOne(statement ?? block);
  if (second) throw notOne(second);
  const [expression = block] = statement.children;
  const { body, render } = withoutRender(expression);
  const { sql, columns, natural, orderBy = natural } = pipe(body, { tables, now });
  const list = columns.map((column) => name(column.name)).join(', ');
  return {
    sql: `SELECT ${list} FROM (${sql})${orderBy === undefined ? '' : ` ORDER BY ${orderBy}`}`,
    ...(render !== undefined && { render }),
  };
}

/** `render` is a hint for whoever shows the answer, so it stands at the end. */
function withoutRender(expression: Node): { readonly body: Node; readonly render?: string } {
  const [body, operator] = expression.children;
  if (expression.kind !== 'PipeExpression' || operator?.kind !== 'RenderOperator' || !body) return { body: expression };
  const [, chart, ...more] = operator.children;
  const extra = more.find(({ length }) => length > 0);
  if (extra) throw at(extra, `"${extra.text}" is not supported behind render`);
  return { body, render: chart?.text ?? 'table' };
}

function notOne(node: Node) {
  const [word = ''] = node.text.split(/\s/);
  return at(
    node,
    node.kind === 'QueryBlock' ? 'the query is empty' : `"${word}" is not supported: one query at a time`,
  );
}
