import { steps } from '../lathe.ts';
import { tone } from '../palette.ts';
import { standingShadow } from '../scene.ts';
import { ellipse, fill, line, num } from '../svg.ts';
import { drawWeave, ribs } from '../weave.ts';
import type { Maker } from './maker.ts';

// Side of one knot of the weave.
const knot = 6.6;

/** A roll with gathered ends. */
export const drawBolster: Maker = (sketch, random, weave, colours) => {
  const width = 520;
  const height = 190;
  const body = `M14 0C${width * 0.3} -7 ${width * 0.7} -7 ${width - 14} 0C${width + 30} ${height * 0.2} ${width + 30} ${height * 0.8} ${width - 14} ${height}C${width * 0.7} ${height + 5} ${width * 0.3} ${height + 5} 14 ${height}C-26 ${height * 0.8} -26 ${height * 0.2} 14 0Z`;
  const columns = Math.round((width + 60) / knot);
  const rows = Math.round((height + 20) / knot);
  const cap = ellipse(14, height / 2, 31, height / 2);
  const base = colours[0] ?? '#888888';
  return [
    standingShadow(sketch, 236, 220, 9, 0.9),
    `<g transform="translate(${-width / 2} ${-height})">`,
    `<g ${sketch.clip(`<path d="${body}"/>`)}>`,
    // The weave runs along the roll, so it is turned by a quarter.
    `<g transform="translate(${width + 30} -10) rotate(90)">${drawWeave(random, weave, colours, rows, columns, knot)}${ribs(height + 20, width + 60, knot)}</g>`,
    fill(
      body,
      sketch.linear(
        [0, -6],
        [0, height + 6],
        [
          [0, '#1c0f08', 0.22],
          [0.14, '#fff6e0', 0.1],
          [0.3, '#fff6e0', 0.34],
          [0.5, '#fff6e0', 0.04],
          [0.72, '#1c0f08', 0.16],
          [1, '#1c0f08', 0.62],
        ],
      ),
    ),
    fill(
      body,
      sketch.linear(
        [0, 0],
        [width, 0],
        [
          [0, '#1c0f08', 0.1],
          [0.3, '#1c0f08', 0],
          [0.8, '#1c0f08', 0],
          [1, '#1c0f08', 0.36],
        ],
      ),
    ),
    '</g>',
    fill(
      cap,
      sketch.linear(
        [-20, 0],
        [44, height],
        [
          [0, tone(base, 0.12)],
          [1, tone(base, -0.46)],
        ],
      ),
    ),
    ...steps(0, Math.PI * 2, 20)
      .slice(0, -1)
      .map((angle) =>
        line(
          `M14 ${height / 2}L${num(14 + 29 * Math.cos(angle))} ${num(height / 2 + (height / 2 - 3) * Math.sin(angle))}`,
          tone(base, -0.5),
          2,
          'opacity=".45"',
        ),
      ),
    line(cap, tone(colours[1] ?? base, -0.1), 3.4),
    fill(ellipse(14, height / 2, 6, 15), tone(colours[1] ?? base, -0.05)),
    '</g>',
  ].join('');
};
