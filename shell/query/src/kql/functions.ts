import { QueryFailed } from '../process/failures.ts';
import { literal, msOf, timeOf, type Expression, type KqlType } from './relation.ts';

/** A function of KQL, in SQL. */
export interface ScalarFunction {
  readonly min: number;
  readonly max: number;
  readonly build: (args: readonly Expression[], now: Date) => Expression;
}

const none: Expression = { sql: 'NULL', type: 'any' };

/** A function of so many arguments, or from `min` to `max`. */
function of(
  [min, max = min]: readonly [min: number, max?: number],
  type: KqlType,
  sql: (...args: string[]) => string,
): ScalarFunction {
  return { min, max, build: (args) => ({ sql: `(${sql(...args.map((arg) => arg.sql))})`, type }) };
}

const isNumber = (value: string) =>
  `typeof(${value}) IN ('integer', 'real') OR ${value} GLOB '[0-9]*' OR ${value} GLOB '-[0-9]*'`;
const numeric = (type: 'INTEGER' | 'REAL') => (value: string) =>
  `CASE WHEN ${isNumber(value)} THEN CAST(${value} AS ${type}) END`;

/** Rounds down to a multiple: of a number, or of a time span for times. */
const bin: ScalarFunction = {
  min: 2,
  max: 2,
  build([value = none, step = none]) {
    if (step.type === 'timespan' && value.type !== 'timespan') {
      return {
        sql: timeOf(`${msOf(value.sql)} - ${msOf(value.sql)} % CAST(${step.sql} AS INTEGER)`),
        type: 'datetime',
      };
    }
    const multiple = `floor(1.0 * ${value.sql} / ${step.sql}) * ${step.sql}`;
    const isWhole = value.type === 'long' && step.type === 'long';
    return isWhole ? { sql: `CAST(${multiple} AS INTEGER)`, type: 'long' } : { sql: `(${multiple})`, type: value.type };
  },
};

const iff: ScalarFunction = {
  min: 3,
  max: 3,
  build: ([test = none, yes = none, no = none]) => ({ sql: `iif(${test.sql}, ${yes.sql}, ${no.sql})`, type: yes.type }),
};

const startOf = (modifier: string): ScalarFunction =>
  of([1], 'datetime', (time) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${time}, ${modifier})`);
const part = (format: string): ScalarFunction =>
  of([1], 'long', (time) => `CAST(strftime('${format}', ${time}) AS INTEGER)`);

/** Milliseconds of the units of `datetime_diff`. */
const units: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/** The functions of KQL that there are. */
export const scalarFunctions: Readonly<Record<string, ScalarFunction>> = {
  now: { min: 0, max: 0, build: (_args, now) => ({ sql: literal(now.toISOString()), type: 'datetime' }) },
  ago: {
    min: 1,
    max: 1,
    build: ([span = none], now) => ({ sql: timeOf(`${now.getTime()} - ${span.sql}`), type: 'datetime' }),
  },
  bin,
  floor: bin,
  iff,
  iif: iff,
  case: {
    min: 3,
    max: 99,
    build(args) {
      const pairs = args.slice(0, -1).map(({ sql }, index) => `${index % 2 === 0 ? 'WHEN' : 'THEN'} ${sql}`);
      return { sql: `CASE ${pairs.join(' ')} ELSE ${args.at(-1)?.sql} END`, type: args.at(-1)?.type ?? 'any' };
    },
  },
  not: of([1], 'bool', (value) => `NOT ${value}`),
  isnull: of([1], 'bool', (value) => `${value} IS NULL`),
  isnotnull: of([1], 'bool', (value) => `${value} IS NOT NULL`),
  isempty: of([1], 'bool', (value) => `coalesce(${value}, '') = ''`),
  isnotempty: of([1], 'bool', (value) => `coalesce(${value}, '') <> ''`),
  coalesce: { min: 2, max: 99, build: (args) => ({ ...call('coalesce', args), type: args[0]?.type ?? 'any' }) },
  min_of: { min: 2, max: 99, build: (args) => ({ ...call('min', args), type: args[0]?.type ?? 'any' }) },
  max_of: { min: 2, max: 99, build: (args) => ({ ...call('max', args), type: args[0]?.type ?? 'any' }) },

  tostring: of([1], 'string', (value) => `coalesce(CAST(${value} AS TEXT), '')`),
  tolong: of([1], 'long', numeric('INTEGER')),
  toint: of([1], 'long', numeric('INTEGER')),
  todouble: of([1], 'real', numeric('REAL')),
  toreal: of([1], 'real', numeric('REAL')),
  tobool: of(
    [1],
    'bool',
    (value) => `CASE lower(${value}) WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE ${value} <> 0 END`,
  ),
  todatetime: of([1], 'datetime', (value) => timeOf(msOf(value))),
  parse_json: json(),
  todynamic: json(),
  array_length: of(
    [1],
    'long',
    (value) => `CASE json_type(${value}) WHEN 'array' THEN json_array_length(${value}) END`,
  ),

  strlen: of([1], 'long', (value) => `length(${value})`),
  tolower: of([1], 'string', (value) => `lower(${value})`),
  toupper: of([1], 'string', (value) => `upper(${value})`),
  substring: of([2, 3], 'string', (value, from, length) => {
    return `substr(${value}, ${from} + 1${length === undefined ? '' : `, ${length}`})`;
  }),
  strcat: { min: 1, max: 64, build: (args) => call('concat', args) },
  replace_string: of([3], 'string', (value, what, by) => `replace(${value}, ${what}, ${by})`),
  indexof: of([2], 'long', (value, what) => `instr(${value}, ${what}) - 1`),

  abs: of([1], 'real', (value) => `abs(${value})`),
  ceiling: of([1], 'real', (value) => `ceil(${value})`),
  round: of([1, 2], 'real', (value, digits = '0') => `round(${value}, ${digits})`),
  sqrt: of([1], 'real', (value) => `sqrt(${value})`),

  startofday: startOf(`'start of day'`),
  startofmonth: startOf(`'start of month'`),
  startofyear: startOf(`'start of year'`),
  startofweek: startOf(`'-6 days', 'weekday 0', 'start of day'`),
  hourofday: part('%H'),
  dayofmonth: part('%d'),
  monthofyear: part('%m'),
  getyear: part('%Y'),
  datetime_diff: {
    min: 3,
    max: 3,
    build([unit = none, later = none, earlier = none]) {
      const ms = units[unit.sql.replaceAll("'", '')] ?? Number.NaN;
      if (Number.isNaN(ms)) {
        throw new QueryFailed('invalid', `datetime_diff: ${unit.sql} is none of ${Object.keys(units).join(', ')}`);
      }
      return { sql: `(${msOf(later.sql)} / ${ms} - ${msOf(earlier.sql)} / ${ms})`, type: 'long' };
    },
  },
};

function call(name: string, args: readonly Expression[]): Expression {
  return { sql: `${name}(${args.map(({ sql }) => sql).join(', ')})`, type: 'string' };
}

function json(): ScalarFunction {
  return {
    min: 1,
    max: 1,
    build: ([value = none]) => ({
      sql: value.sql,
      type: 'dynamic',
      json: value.json ?? { base: value.sql, path: '$' },
    }),
  };
}
