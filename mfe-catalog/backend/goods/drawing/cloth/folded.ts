import { tone } from '../palette.ts';
import { between } from '../random.ts';
import { standingShadow } from '../scene.ts';
import { fill, line, num } from '../svg.ts';
import { drawWeave, ribs } from '../weave.ts';
import type { Maker } from './maker.ts';

/** A cloth folded four times, its last turn with the fringe hanging over the front. */
export const drawFolded: Maker = (sketch, random, weave, colours) => {
  const width = 500;
  const fold = 62;
  const count = 4;
  const base = colours[0] ?? '#888888';
  const layers = Array.from({ length: count }, (_, index) => {
    const y = -fold * (index + 1);
    const shift = between(random, -5, 5);
    const left = -width / 2 + shift;
    const right = width / 2 + shift;
    const body = `M${num(left + 26)} ${y}H${num(right - 4)}Q${num(right + 2)} ${y + 8} ${num(right)} ${y + fold / 2}Q${num(right + 2)} ${y + fold - 8} ${num(right - 4)} ${y + fold - 1}H${num(left + 26)}C${num(left - 10)} ${y + fold} ${num(left - 10)} ${y} ${num(left + 26)} ${y}Z`;
    const columns = Math.ceil((width + 40) / 5.2);
    const rows = Math.ceil((fold + 4) / 5.2);
    return [
      `<g ${sketch.clip(`<path d="${body}"/>`)}>`,
      `<g transform="translate(${num(right + 6)} ${y - 2}) rotate(90)">${drawWeave(random, weave, colours, rows, columns, 5.2)}${ribs(fold + 4, width + 40, 5.2)}</g>`,
      fill(
        body,
        sketch.linear(
          [0, y],
          [0, y + fold],
          [
            [0, '#fff6e0', 0.3],
            [0.3, '#fff6e0', 0.08],
            [0.6, '#1c0f08', 0.08],
            [1, '#1c0f08', 0.55],
          ],
        ),
      ),
      fill(
        body,
        sketch.linear(
          [-width / 2, 0],
          [width / 2, 0],
          [
            [0, '#1c0f08', 0.24],
            [0.12, '#fff6e0', 0.16],
            [0.4, '#1c0f08', 0],
            [1, '#1c0f08', 0.26],
          ],
        ),
      ),
      '</g>',
    ].join('');
  });
  // The last turn hangs over the front with its fringe.
  const top = -fold * count;
  const flap = `M-96 ${top - 6}C-60 ${top - 12} 150 ${top - 12} 186 ${top - 6}L188 ${top + 168}C120 ${top + 172} -30 ${top + 172} -98 ${top + 168}Z`;
  const fringe = Array.from({ length: 44 }, (_, index) => {
    const x = -96 + index * 6.5;
    return line(
      `M${num(x)} ${top + 166}q${num(between(random, -2, 2))} 14 ${num(between(random, -4, 4))} ${num(between(random, 24, 32))}`,
      tone(colours[1] ?? '#e9dcc0', between(random, -0.25, 0)),
      2.6,
    );
  });
  return [
    standingShadow(sketch, 242, 220, 6, 0.9),
    ...layers,
    fill(flap, '#1c0f08', `opacity=".4" transform="translate(8 10)" ${sketch.blur(8)}`),
    ...fringe,
    `<g ${sketch.clip(`<path d="${flap}"/>`)}><g transform="translate(-104 ${top - 14})">${drawWeave(random, weave, colours, 57, 36, 5.2)}${ribs(300, 190, 5.2)}</g>`,
    fill(
      flap,
      sketch.linear(
        [0, top - 10],
        [0, top + 170],
        [
          [0, '#1c0f08', 0.12],
          [0.08, '#fff6e0', 0.34],
          [0.24, '#fff6e0', 0.06],
          [1, '#1c0f08', 0.2],
        ],
      ),
    ),
    fill(
      flap,
      sketch.linear(
        [-98, 0],
        [188, 0],
        [
          [0, '#fff6e0', 0.2],
          [0.3, '#fff6e0', 0],
          [1, '#1c0f08', 0.24],
        ],
      ),
    ),
    '</g>',
    line(`M-97 ${top + 167}C-30 ${top + 171} 120 ${top + 171} 187 ${top + 167}`, tone(base, -0.4), 2.4, 'opacity=".6"'),
  ].join('');
};
