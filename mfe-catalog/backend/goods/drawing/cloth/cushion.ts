import { tone } from '../palette.ts';
import { standingShadow } from '../scene.ts';
import { fill, line } from '../svg.ts';
import { drawWeave, ribs } from '../weave.ts';
import type { Maker } from './maker.ts';

/** A square cushion, woven all over, creased towards its corners. */
export const drawCushion: Maker = (sketch, random, weave, colours) => {
  const s = 440;
  const edge = `M14 10C${s * 0.3} ${-4 + 14} ${s * 0.7} ${10} ${s - 14} 10C${s + 2} 8 ${s + 4} 20 ${s - 6} 34C${s - 18} ${s * 0.33} ${s - 18} ${s * 0.67} ${s - 6} ${s - 30}C${s + 2} ${s - 10} ${s - 4} ${s} ${s - 20} ${s - 6}C${s * 0.7} ${s - 16} ${s * 0.3} ${s - 16} 20 ${s - 6}C4 ${s} -4 ${s - 10} 6 ${s - 30}C18 ${s * 0.67} 18 ${s * 0.33} 6 34C-4 18 -2 6 14 10Z`;
  const count = 67;
  const crease = (x1: number, y1: number, x2: number, y2: number): string =>
    line(
      `M${x1} ${y1}Q${(x1 + x2) / 2 + 10} ${(y1 + y2) / 2 - 6} ${x2} ${y2}`,
      '#1c0f08',
      12,
      `opacity=".2" ${sketch.blur(6)}`,
    ) +
    line(
      `M${x1 - 7} ${y1 - 5}Q${(x1 + x2) / 2} ${(y1 + y2) / 2 - 14} ${x2 - 7} ${y2 - 5}`,
      '#fff6e0',
      7,
      `opacity=".2" ${sketch.blur(4)}`,
    );
  return [
    standingShadow(sketch, 196, 190, 7, 0.9),
    `<g transform="translate(${-s / 2} ${-s + 6})">`,
    `<g ${sketch.clip(`<path d="${edge}"/>`)}>`,
    drawWeave(random, weave, colours, count, count, s / count),
    ribs(s, s, s / count),
    fill(
      edge,
      sketch.radial([s * 0.38, s * 0.34], s * 0.72, [
        [0, '#fff6e0', 0.3],
        [0.4, '#fff6e0', 0.06],
        [0.62, '#1c0f08', 0.04],
        [1, '#1c0f08', 0.5],
      ]),
    ),
    crease(26, 30, 96, 92),
    crease(s - 30, 34, s - 92, 92),
    crease(28, s - 30, 90, s - 80),
    crease(s - 28, s - 28, s - 96, s - 84),
    fill(
      `M0 ${s - 60}H${s}V${s}H0Z`,
      sketch.linear(
        [0, s - 60],
        [0, s],
        [
          [0, '#1c0f08', 0],
          [1, '#1c0f08', 0.34],
        ],
      ),
    ),
    '</g>',
    line(edge, tone(colours[0] ?? '#888888', -0.35), 5),
    line(edge, tone(colours[0] ?? '#888888', 0.15), 2, 'transform="translate(-1 -1.4)"'),
    '</g>',
  ].join('');
};
