import { css, html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import { base } from '../styles/base.ts';
import { barChart } from './bar-chart.ts';
import type { BarChart, TimeChart } from './chart-data.ts';
import { chartStyles } from './chart-styles.ts';
import { timeChart } from './time-chart.ts';

/**
 * Draws an answer as wide as there is room, in real pixels, so that its words stay readable on any screen. The table of
 * the same answer stands beneath it: it is what somebody reads who does not see the picture.
 * @element ops-chart
 */
class OpsChart extends LitElement {
  static override properties: PropertyDeclarations = { chart: { attribute: false }, width: { state: true } };
  static override styles = [
    base,
    chartStyles,
    css`
      :host {
        overflow: hidden;
      }
    `,
  ];

  declare chart: TimeChart | BarChart;
  /** In pixels. */
  declare protected width: number;
  // In the next frame: drawn at once, it would change the sizes that are just being told.
  readonly #observer = new ResizeObserver(([entry]) => {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => (this.width = Math.floor(entry?.contentRect.width ?? this.width)));
  });
  #frame = 0;

  constructor() {
    super();
    this.width = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  protected override render(): TemplateResult {
    if (this.width < 40) return html``;
    const names = this.chart.kind === 'timechart' ? this.chart.series.map(({ name }) => name) : this.chart.series;
    return html`
      ${
        names.length > 1
          ? html`<ul class="legend" aria-hidden="true">
              ${names.map((name, index) => html`<li><span class="swatch series-${index}"></span>${name}</li>`)}
            </ul>`
          : ''
      }
      ${this.chart.kind === 'timechart' ? timeChart(this.chart, this.width) : barChart(this.chart, this.width)}
    `;
  }
}

if (!customElements.get('ops-chart')) customElements.define('ops-chart', OpsChart);
