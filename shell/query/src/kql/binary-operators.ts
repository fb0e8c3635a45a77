import { msOf, timeOf, type Expression, type KqlType } from './relation.ts';

/** What stands between two expressions, by the kind of its node. */
export const binaryOperators: Readonly<Record<string, (left: Expression, right: Expression) => Expression>> = {
  AndExpression: infix('AND', 'bool'),
  OrExpression: infix('OR', 'bool'),
  EqualExpression: infix('=', 'bool'),
  NotEqualExpression: infix('IS NOT', 'bool'),
  LessThanExpression: infix('<', 'bool'),
  LessThanOrEqualExpression: infix('<=', 'bool'),
  GreaterThanExpression: infix('>', 'bool'),
  GreaterThanOrEqualExpression: infix('>=', 'bool'),
  AddExpression: plusMinus('+'),
  SubtractExpression: plusMinus('-'),
  MultiplyExpression: infix('*'),
  DivideExpression: infix('/'),
  ModuloExpression: infix('%'),
  EqualTildeExpression: text((left, right) => `lower(${left}) = lower(${right})`),
  BangTildeExpression: text((left, right) => `lower(${left}) IS NOT lower(${right})`),
  MatchesRegexExpression: text((left, right) => `kql_matches(${left}, ${right})`),
  ...withNot('Contains', (left, right) => `instr(${left}, ${right}) > 0`),
  ...withNot('StartsWith', (left, right) => `substr(${left}, 1, length(${right})) = ${right}`),
  ...withNot('EndsWith', (left, right) => `substr(${left}, -length(${right})) = ${right}`),
  HasExpression: text((left, right) => `kql_has(${left}, ${right})`),
  NotHasExpression: text((left, right) => `kql_has(${left}, ${right}) IS NOT TRUE`),
};

/** `Contains` in four ways: as it is, and negated, each with and without regard to case. */
function withNot(kind: string, make: (left: string, right: string) => string) {
  const plain = (left: string, right: string) => make(`lower(${left})`, `lower(${right})`);
  return {
    [`${kind}Expression`]: text(plain),
    [`${kind}CsExpression`]: text(make),
    [`Not${kind}Expression`]: text((left, right) => `(${plain(left, right)}) IS NOT TRUE`),
    [`Not${kind}CsExpression`]: text((left, right) => `(${make(left, right)}) IS NOT TRUE`),
  };
}

function text(make: (left: string, right: string) => string) {
  return (left: Expression, right: Expression): Expression => ({ sql: `(${make(left.sql, right.sql)})`, type: 'bool' });
}

function infix(operator: string, type?: KqlType) {
  return (left: Expression, right: Expression): Expression => {
    const numbers = left.type === 'long' && right.type === 'long' ? 'long' : 'real';
    const spans = left.type === 'timespan' || right.type === 'timespan' ? 'timespan' : numbers;
    return { sql: `(${left.sql} ${operator} ${right.sql})`, type: type ?? spans };
  };
}

/** Times and time spans add up as in KQL. */
export function plusMinus(operator: '+' | '-') {
  const plain = infix(operator);
  return (left: Expression, right: Expression): Expression => {
    if (left.type === 'datetime' && right.type === 'datetime' && operator === '-') {
      return { sql: `(${msOf(left.sql)} - ${msOf(right.sql)})`, type: 'timespan' };
    }
    if (right.type === 'timespan' && left.type !== 'timespan') {
      return { sql: timeOf(`${msOf(left.sql)} ${operator} ${right.sql}`), type: 'datetime' };
    }
    return plain(left, right);
  };
}
