import { listen, ShellNavigated, ShellPushReset } from '@souk/shared-events/browser';
import { html, LitElement, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { SourceOf } from './addresses.ts';
import { getJson, RequestProblem } from './get-json.ts';
import { failed, missing } from './parts/states.ts';

/** What a page has to show: its data and the API path that they came from. */
export interface Shown<Data> {
  readonly source: string;
  readonly data: Data;
}

/**
 * A page of the catalogue: shows what its backend answers for the address in the address bar, and follows it.
 * Rendered on the server, it finds its data in a JSON script among its children and takes over what stands there.
 */
export abstract class CatalogPage<Data> extends LitElement {
  static override properties: PropertyDeclarations = {
    address: { attribute: false },
    shown: { attribute: false },
    problem: { state: true },
    busy: { state: true },
  };

  /** Address of the page, as a URL. */
  declare address: URL;
  /** Last data that arrived; kept in view while others are on their way. */
  declare shown: Shown<Data> | undefined;
  declare problem: RequestProblem | undefined;
  declare busy: boolean;

  #ended = new AbortController();
  #loading = new AbortController();

  constructor() {
    super();
    this.busy = false;
  }

  /** API path for an address; nothing when the address is another page's. */
  protected abstract readonly sourceOf: SourceOf;
  protected abstract renderData(data: Data): TemplateResult;
  /** The page before any data have come, in the size that it will have. */
  protected abstract renderSkeleton(): TemplateResult;
  protected abstract titleOf(data: Data): string;

  override connectedCallback(): void {
    this.#ended = new AbortController();
    const { signal } = this.#ended;
    this.address = new URL(location.href);
    this.shown ??= this.#readServerData();
    super.connectedCallback();
    listen(ShellNavigated, () => this.#follow(), { signal });
    listen(ShellPushReset, () => void this.load(), { signal });
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#ended.abort();
    this.#loading.abort();
  }

  /** Asks the backend; of several answers on their way only the last one asked for counts. */
  async load(): Promise<void> {
    const source = this.sourceOf(this.address);
    if (source === undefined) return;
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    this.busy = true;
    try {
      this.shown = { source, data: await getJson<Data>(source, { signal }) };
      this.problem = undefined;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof RequestProblem)) throw error;
      this.problem = error;
    }
    this.busy = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('shown') && this.shown) document.title = `${this.titleOf(this.shown.data)} · Souk`;
    this.toggleAttribute('aria-busy', this.busy);
  }

  protected override render(): TemplateResult {
    if (this.problem?.status === 404) return missing();
    if (this.problem) return failed(() => void this.load(), this.busy);
    if (!this.shown) return this.renderSkeleton();
    return html`<div class="page ${this.busy ? 'busy' : ''}">${this.renderData(this.shown.data)}</div>`;
  }

  #follow(): void {
    const address = new URL(location.href);
    const source = this.sourceOf(address);
    if (source === undefined) return;
    this.address = address;
    if (source !== this.shown?.source || this.problem) void this.load();
  }

  #readServerData(): Shown<Data> | undefined {
    const script = this.querySelector('script[type="application/json"]');
    return script ? (JSON.parse(script.textContent) as Shown<Data>) : undefined;
  }
}
