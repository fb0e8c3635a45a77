import { html, svg, type TemplateResult } from 'lit';
import { ticksOf, type BarChart } from './chart-data.ts';
import { shortNumber } from './numbers.ts';

const barPx = 14;
const namePx = 20;
const gapPx = 10;
const axisPx = 24;

/** Bars that lie, each beneath its name: names of events are long. */
export function barChart({ series, bars }: BarChart, width: number): TemplateResult {
  const values = bars.flatMap((bar) => bar.values);
  const ticks = ticksOf(Math.min(...values), Math.max(...values), Math.max(2, Math.floor(width / 140)));
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const each = namePx + barPx * series.length + gapPx;
  const height = bars.length * each + axisPx;
  const x = (value: number) => 4 + ((value - low) / (high - low || 1)) * (width - 60);
  const summary = `Bar chart of ${series.join(', ')}, ${bars.length} bars. The table below has the values.`;

  return html`<svg viewBox="0 0 ${width} ${height}" height=${height} role="img" aria-label=${summary}>
    ${ticks.map(
      (tick) =>
        svg`<line class=${tick === 0 ? 'axis' : 'grid'} x1=${x(tick)} x2=${x(tick)} y1="0" y2=${height - axisPx} />
          <text x=${x(tick)} y=${height - 8} text-anchor=${tick === low ? 'start' : 'middle'}>${shortNumber(tick)}</text>`,
    )}
    ${bars.map(
      (bar, index) =>
        svg`<text class="name" x="4" y=${index * each + namePx - 6}>${bar.name}</text>
        ${bar.values.map((value, at) => {
          const [begin, end] = [Math.min(x(0), x(value)), Math.max(x(0), x(value))];
          const top = index * each + namePx + at * barPx;
          return svg`<rect class="bar series-${at}" x=${begin} y=${top} width=${Math.max(1, end - begin)} height=${barPx - 2} rx="2" />
            <text x=${end + 6} y=${top + barPx - 3}>${shortNumber(value)}</text>`;
        })}`,
    )}
  </svg>`;
}
