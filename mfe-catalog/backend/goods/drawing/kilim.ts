import type { WeaveShape } from './drawing.ts';
import { tone } from './palette.ts';
import type { Random } from './random.ts';
import { between } from './random.ts';
import { flatShadow } from './scene.ts';
import type { Sketch } from './svg.ts';
import { fill, line, num } from './svg.ts';
import { drawWeave, ribs } from './weave.ts';

/** A rug seen from above, its middle at (0, 0); `ratio` is length over width, `height` its length without fringe. */
export const drawKilim = (
  sketch: Sketch,
  random: Random,
  shape: WeaveShape,
  colours: readonly string[],
  ratio: number,
  height: number,
): string => {
  const rows = ratio > 2 ? 121 : 99;
  const knot = height / rows;
  const columns = 2 * Math.floor(height / ratio / knot / 2) + 1;
  const width = columns * knot;
  const edge = wavering(random, width, height);
  const trim = Math.round(2.2 * knot);
  return [
    `<g transform="translate(${num(-width / 2)} ${num(-height / 2)})">`,
    flatShadow(sketch, edge, 10),
    fringe(random, width, 0, -1),
    fringe(random, width, height, 1),
    `<g ${sketch.clip(`<path d="${edge}"/>`)}>`,
    drawWeave(random, shape, colours, columns, rows, knot),
    // Plain end bands and wrapped selvedges.
    fill(
      `M0 0H${num(width)}V${trim}H0ZM0 ${num(height - trim)}H${num(width)}V${num(height)}H0Z`,
      tone(colours[2] ?? '#66452e', -0.1),
    ),
    fill(
      `M0 0H${num(knot * 0.9)}V${num(height)}H0ZM${num(width - knot * 0.9)} 0H${num(width)}V${num(height)}H${num(width - knot * 0.9)}Z`,
      tone(colours[0] ?? '#66452e', -0.4),
    ),
    ribs(width, height, knot),
    fill(
      `M0 0H${num(width)}V${num(height)}H0Z`,
      sketch.linear(
        [0, 0],
        [width, height],
        [
          [0, '#fff6e0', 0.2],
          [0.5, '#fff6e0', 0],
          [1, '#1c0f08', 0.2],
        ],
      ),
    ),
    ...folds(sketch, random, width, height),
    '</g></g>',
  ].join('');
};

const wavering = (random: Random, width: number, height: number): string => {
  const w = (): string => num(between(random, -2.5, 2.5));
  return `M0 0C${num(width / 3)} ${w()} ${num((width * 2) / 3)} ${w()} ${num(width)} 0C${num(width + between(random, -2.5, 2.5))} ${num(height / 3)} ${num(width + between(random, -2.5, 2.5))} ${num((height * 2) / 3)} ${num(width)} ${num(height)}C${num((width * 2) / 3)} ${num(height + between(random, -2.5, 2.5))} ${num(width / 3)} ${num(height + between(random, -2.5, 2.5))} 0 ${num(height)}C${w()} ${num((height * 2) / 3)} ${w()} ${num(height / 3)} 0 0Z`;
};

// Knotted warp ends: small bundles that lean this way and that.
const fringe = (random: Random, width: number, y: number, side: 1 | -1): string => {
  const count = Math.round(width / 7);
  return Array.from({ length: count }, (_, index) => {
    const x = ((index + 0.5) * width) / count;
    const lean = between(random, -4, 4);
    const reach = between(random, 17, 24) * side;
    const strands = [-1.6, 0, 1.6].map((spread) =>
      line(
        `M${num(x)} ${num(y)}Q${num(x)} ${num(y + reach * 0.5)} ${num(x + lean + spread * 1.5)} ${num(y + reach)}`,
        tone('#e9dcc0', between(random, -0.22, 0.05)),
        1.5,
      ),
    );
    return strands.join('') + line(`M${num(x)} ${num(y + 4 * side)}v${3 * side}`, '#cdbb97', 3.2);
  }).join('');
};

// A rug that has been rolled keeps a faint swell or two.
const folds = (sketch: Sketch, random: Random, width: number, height: number): string[] =>
  [0.3, 0.68].map((at) => {
    const y = height * (at + between(random, -0.08, 0.08));
    return fill(
      `M0 ${num(y - 50)}H${num(width)}V${num(y + 50)}H0Z`,
      sketch.linear(
        [0, y - 50],
        [0, y + 50],
        [
          [0, '#fff6e0', 0],
          [0.4, '#fff6e0', 0.1],
          [0.6, '#1c0f08', 0.08],
          [1, '#1c0f08', 0],
        ],
      ),
    );
  });
