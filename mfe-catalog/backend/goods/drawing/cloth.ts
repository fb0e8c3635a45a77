import type { ClothShape, WeaveShape } from './drawing.ts';
import { lighting, ring, steps, turn } from './lathe.ts';
import { tone } from './palette.ts';
import type { Random } from './random.ts';
import { between } from './random.ts';
import { standingShadow } from './scene.ts';
import type { Point, Sketch } from './svg.ts';
import { ellipse, fill, line, num, pathOf, polar } from './svg.ts';
import { drawWeave, ribs } from './weave.ts';

/** A cushion, bolster, folded cloth or pouf standing on (0, 0), with its shadow. */
export const drawCloth = (
  sketch: Sketch,
  random: Random,
  shape: ClothShape,
  weave: WeaveShape,
  colours: readonly string[],
): string => makers[shape](sketch, random, weave, colours);

type Maker = (sketch: Sketch, random: Random, weave: WeaveShape, colours: readonly string[]) => string;

const knot = 6.6;

const makers: Record<ClothShape, Maker> = {
  cushion: (sketch, random, weave, colours) => {
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
  },
  bolster: (sketch, random, weave, colours) => {
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
  },
  folded: (sketch, random, weave, colours) => {
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
      line(
        `M-97 ${top + 167}C-30 ${top + 171} 120 ${top + 171} 187 ${top + 167}`,
        tone(base, -0.4),
        2.4,
        'opacity=".6"',
      ),
    ].join('');
  },
  pouf: (sketch, random, _weave, colours) => {
    const base = colours[0] ?? '#b78c5c';
    const thread = colours[1] ?? '#f1e9d8';
    const body = turn(230, 0.3, [
      [0, 170],
      [0.08, 210],
      [0.4, 246],
      [0.72, 236],
      [0.93, 190],
      [1, 150],
    ]);
    const top: Point = [0, -230];
    const tilt = 0.3;
    const onTop = (radius: number, angle: number): Point => [
      radius * Math.cos(angle),
      top[1] + radius * tilt * Math.sin(angle) + (150 - radius) * -0.12,
    ];
    const around = steps(0, Math.PI * 2, 12).slice(0, -1);
    const petals = around.map((angle) => {
      const side = (sign: 1 | -1): Point[] =>
        steps(0, 1, 10).map((t) => onTop(20 + 112 * t, angle + sign * 0.24 * Math.sin(Math.PI * t)));
      const outline = pathOf([...side(1), ...side(-1).reverse()]);
      return (
        fill(outline, tone(base, -0.16), 'opacity=".7"') +
        line(outline, thread, 2, 'stroke-dasharray="5 3.4" opacity=".9"')
      );
    });
    const seams = steps(-1.42, 1.42, 9).map((angle) => {
      const seam = pathOf(
        steps(0.02, 0.99, 30).map((part) => body.at(angle, part)),
        false,
      );
      return (
        line(seam, tone(base, -0.55), 3.4, 'opacity=".6"') +
        line(seam, tone(base, 0.4), 1.8, 'opacity=".5" transform="translate(-3 0)"') +
        line(seam, thread, 1.8, 'stroke-dasharray="6 4" opacity=".75" transform="translate(5 0)"')
      );
    });
    return [
      standingShadow(sketch, 172, 220, 50, 0.9),
      fill(body.outline, base),
      `<g ${sketch.clip(`<path d="${body.outline}"/>`)}>`,
      ...Array.from({ length: 160 }, () => {
        const [x, y] = body.at(between(random, -1.5, 1.5), random());
        return fill(
          ellipse(x, y, between(random, 2, 12), between(random, 1, 5)),
          tone(base, between(random, -0.3, 0.2)),
          'opacity=".16"',
        );
      }),
      ...seams,
      ring(body, 0.5, tone(base, -0.5), 2.6, 'opacity=".4"'),
      lighting(sketch, body, 1.1),
      '</g>',
      fill(ellipse(0, top[1], 150, 150 * tilt), tone(base, 0.1)),
      fill(
        ellipse(0, top[1] - 6, 150, 150 * tilt),
        sketch.linear(
          [-150, top[1] - 50],
          [150, top[1] + 50],
          [
            [0, tone(base, 0.3)],
            [0.6, tone(base, 0.04)],
            [1, tone(base, -0.25)],
          ],
        ),
      ),
      ...petals,
      line(ellipse(0, top[1] - 6, 146, 146 * tilt), thread, 2.2, 'stroke-dasharray="6 4" opacity=".8"'),
      fill(ellipse(...polar([0, top[1] - 17], 0, 0), 15, 6), tone(base, -0.25)),
    ].join('');
  },
};
