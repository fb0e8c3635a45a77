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
    getItem(index: number): { readonly Message: string; readonly Start: number; readonly Length: number };
  };
}

const punctuation = /^(Comma|OpenParen|CloseParen|OpenBracket|CloseBracket|Dot|DotDot|Bar|EndOfText|Semicolon)Token$/;

let language: Kusto['Language'] | undefined;
const kindNames = new Map<number, string>();

/**
 * The tree of a KQL query. The first call loads the parser.
 * @throws {QueryFailed} with the place of the first thing that is wrong
 */
export function parseKql(text: string): Node {
  const { KustoCode } = load();
  const code = KustoCode.Parse(text);
  const wrong = code.GetDiagnostics();
  if (wrong.Count > 0) {
    const { Message, Start, Length } = wrong.getItem(0);
    throw new QueryFailed('invalid', Message.replace(/\.$/, ''), { start: Start, length: Length });
  }
  return nodeOf(code.Syntax, text);
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

function nodeOf(node: KustoNode, query: string): Node {
  const { TextStart: start, Width: length } = node;
  const children: Node[] = [];
  for (let index = 0; index < node.ChildCount; index++) {
    const child = node.GetChild(index);
    if (!child) continue;
    const converted = nodeOf(child, query);
    if (converted.kind === 'SeparatedElement') children.push(...converted.children);
    else if (!punctuation.test(converted.kind)) children.push(converted);
  }
  const kind = kindNames.get(node.Kind) ?? String(node.Kind);
  const text = query.slice(start, start + length);
  return { kind, start, length, text, value: unboxed(node.Value), children };
}

/** Bridge wraps numbers, dates and booleans. */
function unboxed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { $boxed, v, ticks } = value as { $boxed?: boolean; v?: unknown; ticks?: unknown };
  if ($boxed === true) return unboxed(v);
  // A time span counts in 100 nanoseconds.
  return ticks === undefined ? value : { ms: Number(String(ticks)) / 10_000 };
}
