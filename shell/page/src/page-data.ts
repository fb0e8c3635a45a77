import type { LocaleData } from './locale.ts';
import type { OverrideData } from './overrides.ts';

/** Id of the `<script type="application/json">` in which the gateway tells the page what it may show. */
export const pageDataId = 'souk-page';

/** How loud the wall of a micro frontend is when it fails. */
export type Importance = 'primary' | 'essential' | 'regular';

/** One route of one micro frontend; `:name` in `path` becomes the attribute `name`. */
export interface Route {
  readonly path: string;
  readonly element: string;
  readonly title: string;
  /** A page that shows this route is not replaced by newer versions: somebody is in the middle of something. */
  readonly steady?: boolean;
}

/** What the page knows of one micro frontend: the part of its manifest that matters in the browser. */
export interface Frontend {
  readonly name: string;
  readonly version: string;
  readonly importance: Importance;
  /** Element tag → entry, imported as `@souk/mfe-<name>/<entry>`. */
  readonly elements: Readonly<Record<string, string>>;
  readonly routes: readonly Route[];
  readonly slots: readonly { readonly slot: string; readonly element: string; readonly order: number }[];
  /** Request type → entry that answers it. */
  readonly handles: Readonly<Record<string, string>>;
  /** Types of the events that it sends or its backend pushes. */
  readonly emits?: readonly string[];
  /** The team that owns it, and the types that it hears; told where somebody may look behind the page. */
  readonly owner?: string;
  readonly listens?: readonly string[];
  /** Some of its modules come from a developer's own server. */
  readonly dev?: boolean;
}

/** Where pushed messages come from. */
export interface PushData {
  readonly url: string;
  /** Decimal position after which the stream starts; null = from now. */
  readonly position: string | null;
  /** Name of the log that positions count in. */
  readonly epoch?: string | null;
  /** Whose messages these are, as an opaque name: tabs share a stream only with tabs of the same audience. */
  readonly audience?: string;
}

/** Content of the element with the id {@link pageDataId}. */
export interface PageData {
  /** Id of the set of versions that this page is made of; absent = no shop has composed it. */
  readonly deployment?: string;
  readonly frontends: readonly Frontend[];
  /** Absent = this page wants no pushed messages. */
  readonly push?: PushData;
  readonly session: { readonly roles: readonly string[] };
  /** What it speaks; absent = the original. */
  readonly locale?: LocaleData;
  /** Present = this session may look behind the page, and take modules from a developer's own server. */
  readonly overrides?: OverrideData;
}

/** Reads the page's data; a page without any is an ordinary document with no micro frontends. */
export const readPageData = (root: Document = document): PageData => {
  const text = root.getElementById(pageDataId)?.textContent;
  return text ? (JSON.parse(text) as PageData) : { frontends: [], session: { roles: [] } };
};
