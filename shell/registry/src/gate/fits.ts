import { accepts } from './accepts.ts';
import {
  isSameJson,
  membersOf,
  numberAt,
  patternOf,
  propertiesOf,
  schemaAt,
  strangeKeyword,
  textsAt,
  types,
  typesOf,
  valuesOf,
} from './schema.ts';
import type { JsonValue, Schema, Type } from './schema.ts';
import { listOf, nounOf, quoted } from './words.ts';

/** A place where what is sent may not be accepted. */
export interface Mismatch {
  /** JSON pointer into the document; empty for the whole of it. */
  readonly pointer: string;
  /** Why, as a clause without sender and receiver: `"gold" is sent, and only "red" is accepted`. */
  readonly why: string;
}

/**
 * Why not every document that fits `sent` fits `accepted`; `undefined` when every one does. Conservative: what cannot be
 * told is a mismatch that says so. Keywords of `sent` that are not known here only make it larger, those of `accepted` are
 * a mismatch. Pure, and total: any JSON may be given as a schema.
 */
export const mismatchOf = (sent: Schema, accepted: Schema): Mismatch | undefined =>
  fits(sent, accepted, '', newEffort());

/** Steps that one comparison may take: nested `anyOf` multiply. */
const maxSteps = 20_000;
const maxDepth = 40;

interface Effort {
  steps: number;
  depth: number;
}

const newEffort = (): Effort => ({ steps: 0, depth: 0 });

const fits = (
  sent: Schema | false,
  accepted: Schema | false,
  pointer: string,
  effort: Effort,
): Mismatch | undefined => {
  if (sent === false) return undefined; // there are no such documents
  if (isSameJson(sent, accepted)) return undefined;
  if (accepted === false) return { pointer, why: 'it may be sent, and is not accepted' };
  if (++effort.steps > maxSteps || effort.depth > maxDepth) {
    return { pointer, why: 'the schemas are too deep to be compared; make them simpler' };
  }
  const strange = strangeKeyword(accepted);
  if (strange !== undefined) {
    return { pointer, why: `${quoted(strange)} in what is accepted cannot be compared; write it without` };
  }
  if (Object.keys(accepted).length === 0) return undefined;
  effort.depth++;
  const mismatch = firstOf(branchesOf(sent, effort), (branch) => branchFits(branch, accepted, pointer, effort));
  effort.depth--;
  return mismatch;
};

/** One kind of document that is sent: a single value, or everything of one type that keeps some keywords. */
type Branch =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'type'; readonly type: Type; readonly schema: Schema };

/** Together they allow at least what the schema allows: leaving out a keyword only allows more. */
const branchesOf = (schema: Schema, effort: Effort): readonly Branch[] => {
  const values = valuesOf(schema);
  if (values !== undefined) return values.map((value) => ({ kind: 'value', value }));
  const members = membersOf(schema);
  if (members !== undefined) {
    effort.steps += members.length;
    if (effort.steps > maxSteps) return allTypes.map((type) => ({ kind: 'type', type, schema: {} }));
    return members.flatMap((member) => (member === false ? [] : branchesOf(bothOf(schema, member), effort)));
  }
  return (typesOf(schema) ?? allTypes).flatMap<Branch>((type) => {
    if (type === 'null') return [{ kind: 'value', value: null }];
    if (type === 'boolean') return [true, false].map((value) => ({ kind: 'value', value }));
    return [{ kind: 'type', type, schema }];
  });
};

/** A schema and one member of its `anyOf` at once, or more than that: where both say something, the member counts. */
const bothOf = (whole: Schema, member: Schema): Schema => {
  const { anyOf: _, ...schema } = whole;
  // What counts as "additional" depends on the properties beside it, so these two stay together.
  const { properties: _properties, additionalProperties: _others, ...rest } = schema;
  const hasMembers = Object.hasOwn(member, 'properties') || Object.hasOwn(member, 'additionalProperties');
  return { ...(hasMembers ? rest : schema), ...member };
};

const allTypes: readonly Type[] = types.filter((type) => type !== 'integer');

const branchFits = (branch: Branch, accepted: Schema, pointer: string, effort: Effort): Mismatch | undefined => {
  if (branch.kind === 'value') return valueFits(branch.value, accepted, pointer);
  const { type, schema } = branch;
  const values = valuesOf(accepted);
  if (values !== undefined) {
    return { pointer, why: `any ${nounOf(type)} may be sent, and only ${listOf(values.map(quoted))} is accepted` };
  }
  const allowed = typesOf(accepted);
  if (allowed !== undefined && !allowed.includes(type) && !(type === 'integer' && allowed.includes('number'))) {
    return { pointer, why: `${a(type)} may be sent, and only ${listOf(allowed.map(a))} is accepted` };
  }
  return (
    keywordsFit(type, schema, accepted, pointer, effort) ?? anyMemberFits(branch, membersOf(accepted), pointer, effort)
  );
};

const valueFits = (value: JsonValue, accepted: Schema, pointer: string): Mismatch | undefined => {
  const accepting = accepts(accepted, value);
  if (accepting === true) return undefined;
  if (accepting === undefined) return { pointer, why: `whether ${quoted(value)} is accepted cannot be told` };
  const values = valuesOf(accepted);
  const instead = values ?? typesOf(accepted)?.map(a);
  const only =
    instead === undefined
      ? ''
      : `: only ${listOf(values === undefined ? (instead as string[]) : values.map(quoted))} is`;
  return { pointer, why: `${quoted(value)} may be sent, and is not accepted${only}` };
};

const byAny = ' by any of the accepted shapes';

const anyMemberFits = (
  branch: Branch,
  members: readonly (Schema | false)[] | undefined,
  pointer: string,
  effort: Effort,
): Mismatch | undefined => {
  if (members === undefined) return undefined;
  const mismatches: Mismatch[] = [];
  for (const member of members) {
    const sent = branch.kind === 'value' ? { const: branch.value } : { ...branch.schema, type: branch.type };
    const mismatch = fits(sent, member, pointer, effort);
    if (mismatch === undefined) return undefined;
    mismatches.push(mismatch);
  }
  // The member that fits best says most: the one that fails deepest inside.
  const best = mismatches.toSorted((x, y) => y.pointer.length - x.pointer.length)[0];
  if (best === undefined || best.why.endsWith(byAny)) return best;
  return { ...best, why: `${best.why}${byAny}` };
};

const keywordsFit = (type: Type, sent: Schema, accepted: Schema, pointer: string, effort: Effort) => {
  switch (type) {
    case 'string':
      return (
        rangeFits(sent, accepted, ['minLength', 'maxLength'], 0, pointer, 'characters') ??
        patternFits(sent, accepted, pointer)
      );
    case 'number':
    case 'integer':
      return rangeFits(sent, accepted, ['minimum', 'maximum'], -Infinity, pointer, '');
    case 'array':
      return itemsFit(sent, accepted, pointer, effort);
    case 'object':
      return membersFit(sent, accepted, pointer, effort);
    default:
      return undefined;
  }
};

const rangeFits = (
  sent: Schema,
  accepted: Schema,
  [least, most]: readonly [string, string],
  bottom: number,
  pointer: string,
  unit: string,
): Mismatch | undefined => {
  const range = (schema: Schema) => [numberAt(schema, least) ?? bottom, numberAt(schema, most) ?? Infinity] as const;
  const [[from, to], [min, max]] = [range(sent), range(accepted)];
  if (from > to) return undefined; // there are no such documents
  const told = unit === '' ? '' : ` ${unit}`;
  if (from < min) {
    const less = from === -Infinity ? 'any small number' : `as little as ${from}${told}`;
    return { pointer, why: `${less} may be sent, and only ${min}${told} or more is accepted` };
  }
  if (to > max) {
    const more = to === Infinity ? `more than ${max}${told}` : `as much as ${to}${told}`;
    return { pointer, why: `${more} may be sent, and only ${max}${told} or less is accepted` };
  }
  return undefined;
};

const patternFits = (sent: Schema, accepted: Schema, pointer: string): Mismatch | undefined => {
  const [from, to] = [patternOf(sent), patternOf(accepted)];
  if (to === undefined || from === to) return undefined;
  return from === undefined
    ? { pointer, why: `any text may be sent, and only one that matches ${to} is accepted` }
    : { pointer, why: `whether every text that matches ${from} matches ${to} cannot be told; use the same pattern` };
};

const itemsFit = (sent: Schema, accepted: Schema, pointer: string, effort: Effort): Mismatch | undefined => {
  const range = rangeFits(sent, accepted, ['minItems', 'maxItems'], 0, pointer, 'items');
  if (range !== undefined || numberAt(sent, 'maxItems') === 0) return range;
  return fits(schemaAt(sent, 'items'), schemaAt(accepted, 'items'), `${pointer}/*`, effort);
};

const membersFit = (sent: Schema, accepted: Schema, pointer: string, effort: Effort): Mismatch | undefined => {
  const [given, wanted] = [propertiesOf(sent), propertiesOf(accepted)];
  const [others, otherWanted] = [schemaAt(sent, 'additionalProperties'), schemaAt(accepted, 'additionalProperties')];
  const always = new Set(textsAt(sent, 'required'));
  const missing = textsAt(accepted, 'required').find((name) => !always.has(name));
  if (missing !== undefined) {
    const known = given.has(missing) || others !== false;
    const why = known ? 'it may be left out, and is required' : 'it is not sent, and is required';
    return { pointer: inside(pointer, missing), why };
  }
  return (
    firstOf([...given], ([name, schema]) => {
      const to = wanted.has(name) ? (wanted.get(name) ?? false) : otherWanted;
      return fits(schema, to, inside(pointer, name), effort);
    }) ??
    firstOf([...wanted], ([name, schema]) => {
      if (given.has(name)) return undefined;
      const mismatch = fits(others, schema, inside(pointer, name), effort);
      if (mismatch === undefined || Object.hasOwn(sent, 'additionalProperties')) return mismatch;
      return {
        ...mismatch,
        why: `members that the schema of what is sent does not name are left open, so here ${mismatch.why}`,
      };
    }) ??
    fits(others, otherWanted, inside(pointer, '*'), effort)
  );
};

const inside = (pointer: string, name: string): string =>
  `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

const a = (type: Type): string => `${/^[aio]/.test(type) ? 'an' : 'a'} ${nounOf(type)}`.replace('a null', 'null');

const firstOf = <Item>(items: readonly Item[], look: (item: Item) => Mismatch | undefined): Mismatch | undefined => {
  for (const item of items) {
    const mismatch = look(item);
    if (mismatch !== undefined) return mismatch;
  }
  return undefined;
};
