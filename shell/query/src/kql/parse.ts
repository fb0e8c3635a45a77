import { createRequire } from 'node:module';
import { QueryFailed } from '../process/failures.ts';

/** A node of Microsoft's syntax tree, without its punctuation; lists are nodes of kind `List`. */
export interface Node {
  readonly kind: string;
  /** In characters from the begin of the query. */
  readonly start: number;
  readonly length: number;
  /** As it is written. */
  readonly text: string;
  /** What a literal or a name stands for. */
  readonly value: unknown;
  readonly children: readonly Node[];
}

/** What we use of `Kusto.Language`; its own types describe globals of a browser. */
interface KustoNode {
  readonly Kind: number;
  readonly TextStart: number;
  readonly Width: number;
  readonly ChildCount: number;
  readonly Value?: unknown;
  readonly ValueText?: string;
  GetChild(index: number): KustoNode | null;
}
interface Kusto {
  readonly Language: {
    readonly KustoCode: { Parse(text: string): KustoCode };
    readonly Syntax: { readonly SyntaxKind: Readonly<Record<string, number>> };
  };
}
interface KustoCode {
  readonly Syntax: KustoNode;
  GetDiagnostics(): {
    readonly Count: number;
    getItem(index: number): Diagnostic;
  };
}
interface BridgeNumber {
  toString(): string;
}
interface Diagnostic {
  readonly Message: string;
  readonly Start: number;
  readonly Length: number;
}

const punctuation = /^(Comma|OpenParen|CloseParen|OpenBracket|CloseBracket|Dot|DotDot|Bar|EndOfText|Semicolon)Token$/;

let language: Kusto['Language'] | undefined;
const kindNames = new Map<number, string>();

/**
 * The tree of a KQL query. The first call loads the parser.
 * @param names of columns: they may stand without brackets, also where KQL has a keyword of that name
 * @throws {QueryFailed} with the place of the first thing that is wrong
 */
export function parseKql(text: string, names: ReadonlySet<string> = new Set()): Node {
  const { KustoCode } = load();
  const edits: Edit[] = [];
  let written = text;
  for (;;) {
    const code = KustoCode.Parse(written);
    const found = code.GetDiagnostics();
    const wrong = Array.from({ length: found.Count }, (_, index) => found.getItem(index));
    const [first] = wrong;
    if (!first) return nodeOf(code.Syntax, text, edits);
    const keyword =
      edits.length < maxKeywords ? wrong.flatMap((each) => keywordAt(each, written, names) ?? [])[0] : undefined;
    if (!keyword) {
      const place = { start: originalOf(first.Start, edits), length: first.Length };
      throw new QueryFailed('invalid', first.Message.replace(/\.$/, ''), place);
    }
    const { start, word } = keyword;
    written = `${written.slice(0, start)}['${word}']${written.slice(start + word.length)}`;
    edits.push({ start, word });
  }
}

/** A word that we put into `['']`: the columns of the log have names, such as `time`, that are keywords in KQL. */
interface Edit {
  /** In the text as it was when the edit was made. */
  readonly start: number;
  readonly word: string;
}

const maxKeywords = 50;

/** The word that would be a name if it stood in brackets: as the parser says, or because it is a column and in its way. */
function keywordAt({ Message, Start }: Diagnostic, text: string, names: ReadonlySet<string>): Edit | undefined {
  const start = Start + (/^\s*/.exec(text.slice(Start))?.[0].length ?? 0);
  const [word] = /^[a-z_]\w*/i.exec(text.slice(start)) ?? [];
  const hinted = /brackett?ed as \['(\w+)'\]/.exec(Message)?.[1];
  return word !== undefined && (word === hinted || names.has(word)) ? { start, word } : undefined;
}

/** The place in the text as it was sent. */
function originalOf(start: number, edits: readonly Edit[]): number {
  return edits.toReversed().reduce((place, edit) => {
    if (place <= edit.start) return place;
    return Math.max(edit.start, place < edit.start + edit.word.length + 4 ? edit.start : place - 4);
  }, start);
}

/** An error at a place of the query. */
export function at({ start, length }: Node, message: string): QueryFailed {
  return new QueryFailed('invalid', message, { start, length });
}

function load(): Kusto['Language'] {
  if (language) return language;
  const require = createRequire(import.meta.url);
  // Scripts for a browser: they put themselves on the global object.
  require('@kusto/language-service-next/bridge.min.js');
  require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  language = (globalThis as unknown as { Kusto: Kusto }).Kusto.Language;
  for (const [name, kind] of Object.entries(language.Syntax.SyntaxKind)) {
    if (typeof kind === 'number') kindNames.set(kind, name);
  }
  return language;
}

function nodeOf(node: KustoNode, query: string, edits: readonly Edit[]): Node {
  const { TextStart, Width } = node;
  const children: Node[] = [];
  for (let index = 0; index < node.ChildCount; index++) {
    const child = node.GetChild(index);
    if (!child) continue;
    const converted = nodeOf(child, query, edits);
    if (converted.kind === 'SeparatedElement') children.push(...converted.children);
    else if (!punctuation.test(converted.kind)) children.push(converted);
  }
  const start = originalOf(TextStart, edits);
  const end = originalOf(TextStart + Width, edits);
  return {
    kind: kindNames.get(node.Kind) ?? String(node.Kind),
    start,
    length: end - start,
    text: query.slice(start, end),
    value: unboxed(node.Value),
    children,
  };
}

/** Bridge wraps dates, booleans and numbers; whole numbers come as text, since they may be larger than ours. */
function unboxed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { $boxed, v, ticks } = value as { $boxed?: boolean; v?: unknown; ticks?: BridgeNumber };
  if ($boxed === true) return unboxed(v);
  // A time span counts in 100 nanoseconds.
  return ticks === undefined ? (value as BridgeNumber).toString() : { ms: Number(ticks.toString()) / 10_000 };
}
