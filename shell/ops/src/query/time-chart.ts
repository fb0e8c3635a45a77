import { html, svg, type TemplateResult } from 'lit';
import { ticksOf, type TimeChart, type TimeSeries } from './chart-data.ts';
import { shortNumber } from './numbers.ts';

const height = 300;
const space = { top: 12, right: 16, bottom: 28, left: 56 };
/** One label of the time axis takes so much, in pixels. */
const labelPx = 110;
/** With more points, dots would hide the line. */
const maxDots = 80;

/** Lines over time. */
export function timeChart({ series }: TimeChart, width: number): TemplateResult {
  const all = series.flatMap(({ points }) => points);
  const times = all.map(([ms]) => ms);
  const values = all.map(([, value]) => value);
  const [from, to] = [extreme(times, Math.min), extreme(times, Math.max)];
  const ticks = ticksOf(extreme(values, Math.min), extreme(values, Math.max), 4);
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const x = (ms: number) => space.left + ((ms - from) / (to - from || 1)) * (width - space.left - space.right);
  const y = (value: number) => space.top + ((high - value) / (high - low || 1)) * (height - space.top - space.bottom);
  const labels = Math.max(2, Math.floor((width - space.left) / labelPx));
  const marks = Array.from(
    { length: from === to ? 1 : labels },
    (_, index) => from + ((to - from) * index) / (labels - 1),
  );

  return html`<svg
    viewBox="0 0 ${width} ${height}"
    height=${height}
    role="img"
    aria-label=${summaryOf(series, from, to)}
  >
    ${ticks.map(
      (tick) =>
        svg`<line class=${tick === 0 ? 'axis' : 'grid'} x1=${space.left} x2=${width - space.right} y1=${y(tick)} y2=${y(tick)} />
          <text x=${space.left - 8} y=${y(tick) + 4} text-anchor="end">${shortNumber(tick)}</text>`,
    )}
    ${marks.map(
      (ms, index) =>
        svg`<text x=${x(ms)} y=${height - 8} text-anchor=${anchorOf(index, marks.length)}>${labelOf(ms, to - from)}</text>`,
    )}
    ${series.map((one, index) => line(one, index, x, y))}
  </svg>`;
}

function line(
  { points }: TimeSeries,
  index: number,
  x: (ms: number) => number,
  y: (value: number) => number,
): TemplateResult {
  const path = points.map(([ms, value]) => `${x(ms).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  const dots = points.length <= maxDots ? points : [];
  return svg`<polyline class="line series-${index}" points=${path} />
    ${dots.map(([ms, value]) => svg`<circle class="point series-${index}" cx=${x(ms)} cy=${y(value)} r="3" />`)}`;
}

function anchorOf(index: number, count: number): string {
  if (count === 1) return 'start';
  return index === 0 ? 'start' : index === count - 1 ? 'end' : 'middle';
}

/** As much of a time as tells the marks apart. */
function labelOf(ms: number, span: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`;
  const day = `${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  if (span > 7 * 86_400_000) return `${date.getFullYear()}-${day}`;
  if (span > 86_400_000) return `${day} ${clock}`;
  return span > 10 * 60_000 ? clock : `${clock}:${two(date.getSeconds())}`;
}

function summaryOf(series: readonly TimeSeries[], from: number, to: number): string {
  const names = series.map(({ name }) => name).join(', ');
  const when = [from, to].map((ms) => new Date(ms).toLocaleString()).join(' to ');
  return `Line chart of ${names}, from ${when}. The table below has the values.`;
}

/** Not by spreading: there may be more values than a call takes. */
function extreme(values: readonly number[], choose: (a: number, b: number) => number): number {
  return values.reduce((found, value) => choose(found, value), values[0] ?? 0);
}
