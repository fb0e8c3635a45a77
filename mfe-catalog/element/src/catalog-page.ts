import { CatalogProductChanged, listen, ShellNavigated, ShellPushReset } from '@souk/shared-events/browser';
import { html, LitElement, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { SourceOf } from './addresses.ts';
import { getJson, RequestProblem, type Former } from './get-json.ts';
import type { News } from './live.ts';
import { failed, missing } from './parts/states.ts';
import { words } from './words/index.ts';

/** What a page has to show: its data and the API path that they came from. */
export interface Shown<Data> {
  readonly source: string;
  readonly data: Data;
}

/** Pages that all have to ask again do not ask in the same moment: within so many milliseconds. */
const spreadMs = 3000;

/** What the server hands over beside the markup; without data when there is nothing at the address. */
export type Handover<Data> = Pick<Shown<Data>, 'source'> &
  Partial<Pick<Shown<Data>, 'data'>> & { readonly former?: Former | undefined };

/**
 * A page of the catalogue: shows what its backend answers for the address in the address bar, and follows it.
 * Rendered on the server, it finds its data in a JSON script among its children and takes over what stands there.
 * While other data are on their way, what is shown stays, with the address that it belongs to.
 */
export abstract class CatalogPage<Data> extends LitElement {
  static override properties: PropertyDeclarations = {
    address: { attribute: false, hasChanged: (is?: URL, was?: URL) => is?.href !== was?.href },
    shown: { attribute: false },
    problem: { attribute: false },
    busy: { state: true },
  };

  /** Address that what is shown belongs to. */
  declare address: URL;
  /** Last data that arrived. */
  declare shown: Shown<Data> | undefined;
  /** Why there are no data for the address. */
  declare problem: RequestProblem | undefined;
  declare protected busy: boolean;

  #ended = new AbortController();
  #loading = new AbortController();
  /** API path whose answer is on its way. */
  #asked: string | undefined;
  /** API path of which the server has said that nothing is there: no need to ask again. */
  #missing: string | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.busy = false;
  }

  /** API path for an address; nothing when the address is another page's. */
  protected abstract readonly sourceOf: SourceOf;
  /** The page with its data. */
  protected abstract renderData(data: Data): TemplateResult;
  /** The page before any data have come, in the size that it will have. */
  protected abstract renderSkeleton(): TemplateResult;
  /** The data with numbers that have come in; the same object when they say nothing of it, `undefined` to ask for it. */
  protected abstract withNews(data: Data, news: News): Data | undefined;
  /** What the window and the bookmark are called. */
  protected abstract titleOf(data: Data): string;

  override connectedCallback(): void {
    this.#ended = new AbortController();
    const { signal } = this.#ended;
    this.address ??= new URL(location.href);
    const isTakenOver = this.#takeOver();
    super.connectedCallback();
    listen(ShellNavigated, () => this.#follow(), { signal });
    words.onChange(() => this.#speak(), signal);
    listen(ShellPushReset, () => void this.load(), { signal });
    listen(
      CatalogProductChanged,
      ({ products, more }) => {
        const isMeant = this.#take(new Map(products.map((each) => [each.slug, each])));
        if (more && !isMeant) this.#loadSoon(Math.random() * spreadMs);
      },
      { signal },
    );
    if (!isTakenOver) this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#ended.abort();
    this.#stopLoading();
  }

  /** Asks the backend for what is at the address bar; of several answers on their way only the last asked for counts. */
  async load(): Promise<void> {
    const address = new URL(location.href);
    const source = this.sourceOf(address);
    if (source === undefined) return;
    this.#stopLoading();
    this.#missing = undefined;
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    this.#asked = source;
    this.busy = true;
    try {
      const data = await getJson<Data>(source, { signal });
      this.problem = undefined;
      this.shown = { source, data };
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof RequestProblem)) throw error;
      // What is shown for this very address stays, unless it is gone: it was asked again only to be sure.
      const isShown = this.shown?.source === source && !this.problem;
      if (!isShown || error.isFinal) this.problem = error;
    }
    this.#asked = undefined;
    this.address = address;
    this.busy = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('shown') || changed.has('address')) this.#setTitle();
    this.ariaBusy = this.busy ? 'true' : null;
  }

  protected override render(): TemplateResult {
    if (this.problem?.isFinal) return missing(this.problem.former);
    if (this.problem) return failed(() => void this.load(), this.busy);
    if (!this.shown) return this.renderSkeleton();
    return html`<div class="page ${this.busy ? 'busy' : ''}">${this.renderData(this.shown.data)}</div>`;
  }

  /** In another language, or with prices in another currency. */
  #speak(): void {
    this.requestUpdate();
    this.#setTitle();
  }

  #setTitle(): void {
    if (this.shown) document.title = `${this.titleOf(this.shown.data)} · Souk`;
  }

  #follow(): void {
    const address = new URL(location.href);
    const source = this.sourceOf(address);
    if (source === undefined || source === this.#asked || source === this.#missing) return;
    if (source !== this.shown?.source || this.problem) return void this.load();
    // Back to what is shown, perhaps while something else was on its way, or the same data seen from another address.
    this.#stopLoading();
    this.address = address;
    this.busy = false;
  }

  /** Whether the news say anything of what is shown. */
  #take(news: News): boolean {
    const { shown } = this;
    if (!shown) return false;
    const data = this.withNews(shown.data, news);
    if (data === shown.data) return false;
    // An answer on its way may be older than the news.
    if (data === undefined || this.busy) this.#loadSoon(0);
    if (data !== undefined) this.shown = { ...shown, data };
    return true;
  }

  #loadSoon(waitMs: number): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.load(), waitMs);
  }

  #stopLoading(): void {
    clearTimeout(this.#soon);
    this.#loading.abort();
    this.#asked = undefined;
  }

  /** Whether the server has said all there is to say about this address. */
  #takeOver(): boolean {
    const script = this.querySelector('script[type="application/json"]');
    if (this.shown || this.problem || !script) return false;
    const { source, data, former } = JSON.parse(script.textContent) as Handover<Data>;
    if (data === undefined) {
      this.#missing = source;
      const message = 'there was nothing here when the page was made';
      this.problem = new RequestProblem(former ? 410 : 404, message, former ? { former } : {});
    } else this.shown = { source, data };
    return source === this.sourceOf(this.address);
  }
}
