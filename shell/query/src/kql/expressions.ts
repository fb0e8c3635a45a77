import { at, type Node } from './parse.ts';
import { binaryOperators, plusMinus } from './binary-operators.ts';
import { scalarFunctions } from './functions.ts';
import { literal, name, type Expression, type KqlColumn } from './relation.ts';

/** What an expression stands in. */
export interface Scope {
  readonly columns: readonly KqlColumn[];
  readonly now: Date;
  /** Translates calls of aggregates where they are allowed; `undefined` for what is none. */
  readonly aggregate?: (call: Node) => Expression | undefined;
}

type Translator = (node: Node, scope: Scope) => Expression;

/**
 * An expression in SQL, always in brackets where that matters.
 * @throws {QueryFailed} for what is not supported, with its place
 */
export function translate(node: Node, scope: Scope): Expression {
  const known = translators[node.kind];
  if (known) return known(node, scope);
  const operator = binaryOperators[node.kind];
  if (operator) {
    const [left, right] = operands(node);
    return operator(translate(left ?? node, scope), translate(right ?? node, scope));
  }
  const short = node.text.length > 60 ? `${node.text.slice(0, 60)}…` : node.text;
  throw at(node, `"${short}" is not supported`);
}

/** The name that a node is, without quotes. */
export function nameIn(node: Node): string {
  const leaf = node.children.length === 0 ? node : undefined;
  if (leaf) return typeof leaf.value === 'string' ? leaf.value : leaf.text;
  const [first, second] = node.children;
  return nameIn(second ?? first ?? node);
}

/** The name of a column that got none. */
export function defaultName(node: Node, index: number): string {
  if (node.kind === 'NameReference') return nameIn(node);
  if (node.kind === 'PathExpression') return node.children.map((child) => defaultName(child, index)).join('_');
  if (node.kind === 'FunctionCallExpression' && /^(bin|floor)$/.test(callOf(node).name)) {
    const [first] = callOf(node).args;
    if (first) return defaultName(first, index);
  }
  return `Column${index + 1}`;
}

/** Name and arguments of a call. */
export function callOf(node: Node): { readonly name: string; readonly args: readonly Node[] } {
  const [called = node, list] = node.children;
  return {
    name: nameIn(called),
    args: list?.children.flatMap((child) => (child.kind === 'List' ? child.children : [child])) ?? [],
  };
}

const translators: Readonly<Record<string, Translator>> = {
  NameReference(node, { columns }) {
    const column = columns.find((each) => each.name === nameIn(node));
    if (column) return { sql: name(column.name), type: column.type };
    const names = columns.map((each) => each.name).join(', ');
    throw at(node, `there is no column "${nameIn(node)}" here; there are: ${names}`);
  },
  ParenthesizedExpression: (node, scope) => {
    const inner = translate(node.children[0] ?? node, scope);
    return { ...inner, sql: `(${inner.sql})` };
  },
  PathExpression(node, scope) {
    const [base = node, key = node] = node.children;
    return member(base, `.${key.kind === 'NameReference' ? pathKey(nameIn(key), key) : bracket(key)}`, scope);
  },
  ElementExpression(node, scope) {
    const [base = node, key = node] = node.children;
    return member(base, bracket(key), scope);
  },
  FunctionCallExpression(node, scope) {
    const aggregate = scope.aggregate?.(node);
    if (aggregate) return aggregate;
    const { name: called, args } = callOf(node);
    const known = Object.hasOwn(scalarFunctions, called) ? scalarFunctions[called] : undefined;
    if (!known) throw at(node, `the function "${called}" is not supported here`);
    if (args.length < known.min || args.length > known.max) {
      throw at(node, `"${called}" takes ${known.min === known.max ? known.min : `${known.min} or more`} arguments`);
    }
    return known.build(
      args.map((arg) => translate(arg, scope)),
      scope.now,
    );
  },
  UnaryMinusExpression: (node, scope) => {
    const value = translate(node.children.at(-1) ?? node, scope);
    return { sql: `(- ${value.sql})`, type: value.type };
  },
  BetweenExpression: between,
  NotBetweenExpression: (node, scope) => not(between(node, scope)),
  InExpression: (node, scope) => among(node, scope, (value) => value),
  InCsExpression: (node, scope) => among(node, scope, lower),
  NotInExpression: (node, scope) => not(among(node, scope, (value) => value)),
  NotInCsExpression: (node, scope) => not(among(node, scope, lower)),
  HasAnyExpression: (node, scope) => hasEach(node, scope, ' OR '),
  HasAllExpression: (node, scope) => hasEach(node, scope, ' AND '),
  StringLiteralExpression: ({ children: [token] }) => ({ sql: literal(String(token?.value)), type: 'string' }),
  CompoundStringLiteralExpression: (node) => ({
    sql: literal(
      node.children
        .flatMap(({ children }) => (children.length > 0 ? children : []))
        .map(({ value }) => String(value))
        .join(''),
    ),
    type: 'string',
  }),
  LongLiteralExpression: number('long'),
  IntLiteralExpression: number('long'),
  RealLiteralExpression: number('real'),
  DecimalLiteralExpression: number('real'),
  BooleanLiteralExpression: ({ children: [token] }) => ({ sql: token?.value === true ? '1' : '0', type: 'bool' }),
  TimespanLiteralExpression: (node) => {
    const { ms } = (node.children[0]?.value ?? {}) as { ms?: number };
    if (ms === undefined || !Number.isFinite(ms)) throw at(node, `"${node.text}" is no time span`);
    return { sql: String(ms), type: 'timespan' };
  },
  DateTimeLiteralExpression: (node) => {
    const inner = /\(\s*(.*?)\s*\)$/s.exec(node.text)?.[1] ?? '';
    // Without a zone it is UTC, as in KQL.
    const text = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d[\d:.]*$/.test(inner) ? `${inner.replace(' ', 'T')}Z` : inner;
    const time = new Date(text);
    if (!/^\d{4}-/.test(inner) || Number.isNaN(time.getTime())) throw at(node, `"${inner}" is no time`);
    return { sql: literal(time.toISOString()), type: 'datetime' };
  },
  DynamicExpression: (node) => {
    const json = /^dynamic\s*\(([\s\S]*)\)$/.exec(node.text)?.[1] ?? '';
    try {
      return dynamic(literal(JSON.stringify(JSON.parse(json))));
    } catch {
      throw at(node, 'dynamic(…) holds JSON');
    }
  },
};

function number(type: 'long' | 'real'): Translator {
  return (node) => {
    const value = Number(node.children[0]?.value ?? Number.NaN);
    const asWritten = String(node.children[0]?.value);
    // Digits that a JavaScript number would lose stay as they are written.
    if (type === 'long' && /^\d+$/.test(asWritten)) return { sql: asWritten, type };
    if (!Number.isFinite(value)) throw at(node, `"${node.text}" is no number`);
    return { sql: type === 'real' && Number.isInteger(value) ? `${value}.0` : String(value), type };
  };
}

function between(node: Node, scope: Scope): Expression {
  const [value = node, couple = node] = operands(node);
  const [low = node, high = node] = couple.children;
  const from = translate(low, scope);
  const to = translate(high, scope);
  // `between (start .. 2h)` means from start until two hours later.
  const end = from.type === 'datetime' && to.type === 'timespan' ? plusMinus('+')(from, to) : to;
  return { sql: `(${translate(value, scope).sql} BETWEEN ${from.sql} AND ${end.sql})`, type: 'bool' };
}

function among(node: Node, scope: Scope, fold: (sql: string) => string): Expression {
  const [value = node, list = node] = operands(node);
  const items = list.children.flatMap((child) => (child.kind === 'List' ? child.children : [child]));
  const values = items.map((item) => fold(translate(item, scope).sql));
  return { sql: `(${fold(translate(value, scope).sql)} IN (${values.join(', ')}))`, type: 'bool' };
}

function hasEach(node: Node, scope: Scope, combine: ' AND ' | ' OR '): Expression {
  const [value = node, list = node] = operands(node);
  const { sql } = translate(value, scope);
  const items = list.children.flatMap((child) => (child.kind === 'List' ? child.children : [child]));
  return {
    sql: `(${items.map((item) => `kql_has(${sql}, ${translate(item, scope).sql})`).join(combine)})`,
    type: 'bool',
  };
}

/** Children that are no operator signs. */
const operands = (node: Node): Node[] => node.children.filter(({ kind }) => !/(Token|Keyword)$/.test(kind));

const not = ({ sql }: Expression): Expression => ({ sql: `(${sql} IS NOT TRUE)`, type: 'bool' });
const lower = (sql: string): string => `lower(${sql})`;
const dynamic = (sql: string): Expression => ({ sql, type: 'dynamic', json: { base: sql, path: '$' } });

/** A member of a JSON text. */
function member(base: Node, step: string, scope: Scope): Expression {
  const value = translate(base, scope);
  if (value.type !== 'dynamic' && value.type !== 'any') {
    throw at(base, `"${base.text}" is a ${value.type}, and has no members`);
  }
  const json = { base: value.json?.base ?? value.sql, path: `${value.json?.path ?? '$'}${step}` };
  return { sql: `(${json.base} ->> ${literal(json.path)})`, type: 'dynamic', json };
}

function bracket(node: Node): string {
  const inner = node.kind === 'BracketedExpression' ? (node.children[0] ?? node) : node;
  if (inner.kind === 'StringLiteralExpression') return `.${pathKey(String(inner.children[0]?.value), inner)}`;
  const index = /^-?\d{1,9}$/.test(inner.text) ? Number(inner.text) : undefined;
  if (index !== undefined) return index < 0 ? `[#${index}]` : `[${index}]`;
  throw at(inner, 'in brackets stands the name or the number of a member');
}

function pathKey(key: string, node: Node): string {
  if (/["\\]/.test(key)) throw at(node, 'a member with quotes or backslashes in its name cannot be read');
  return `"${key}"`;
}
