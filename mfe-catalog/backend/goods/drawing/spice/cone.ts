import type { SpiceShape } from '../drawing.ts';
import { lighting, ring, steps, turn } from '../lathe.ts';
import { tone } from '../palette.ts';
import type { Random } from '../random.ts';
import { between, createWander, pick } from '../random.ts';
import { standingShadow } from '../scene.ts';
import type { Point, Sketch } from '../svg.ts';
import { ellipse, fill, num, pathOf } from '../svg.ts';

/** A poured heap in a flat dish. */
export const drawCone = (sketch: Sketch, random: Random, shape: SpiceShape, colours: readonly string[]): string => {
  const base = colours[0] ?? '#b33a1c';
  const dish = pick(random, dishes);
  const plate = turn(46, 0.32, [
    [0, 150],
    [0.2, 160],
    [0.6, 228],
    [1, 250],
  ]);
  const height = 262;
  const foot = 214;
  const tilt = 0.32;
  // A poured heap is straight on its flanks and round at the top: a hyperbola, with a few slides in it.
  const blunt = 0.16;
  const slide = createWander(random);
  const radius = (t: number): number => {
    const level = 1 - t;
    const root = level * (Math.sqrt(1 + blunt * blunt) - blunt) + blunt;
    return foot * Math.sqrt(Math.max(0, root * root - blunt * blunt)) * (1 + 0.018 * slide(t * 9));
  };
  const side = (sign: 1 | -1): Point[] =>
    steps(0, 1, 70).map((t) => [sign * radius(t) * (1 + 0.012 * slide(20 + sign * 9 + t * 11)), -34 - height * t]);
  const toe = steps(0, Math.PI, 30).map((angle): Point => [
    foot * Math.cos(angle),
    -34 + foot * tilt * Math.sin(angle),
  ]);
  const outline = pathOf([...side(-1), ...side(1).reverse(), ...toe]);
  const count = shape === 'chips' ? 5200 : 7000;
  const grains = Array.from({ length: count }, () => {
    const t = 1 - Math.sqrt(random());
    const angle = between(random, -Math.PI / 2, Math.PI / 2);
    const r = radius(t);
    const x = r * Math.sin(angle);
    const y = -34 - height * t + r * tilt * Math.cos(angle);
    const shade = 0.2 * Math.cos(angle + 0.75) - 0.1 + between(random, -0.17, 0.17);
    const colour = shape === 'chips' ? pick(random, colours) : random() < 0.2 ? (colours[1] ?? base) : base;
    const size = shape === 'chips' ? between(random, 1.3, 3.6) : between(random, 0.7, 1.9);
    return `<ellipse cx="${num(x)}" cy="${num(y)}" rx="${num(size)}" ry="${num(size * 0.72)}" fill="${tone(colour, shade)}" opacity="${shape === 'chips' ? 0.85 : 0.6}"/>`;
  });
  const spilt = Array.from({ length: 120 }, () => {
    const angle = between(random, 0.1, Math.PI - 0.1);
    const [x, y] = [
      between(random, 0.96, 1.08) * foot * Math.cos(angle),
      -34 + between(random, 0.94, 1.1) * foot * tilt * Math.sin(angle),
    ];
    return fill(
      ellipse(x, y, between(random, 0.8, 2), between(random, 0.6, 1.4)),
      tone(pick(random, colours), between(random, -0.25, 0.1)),
      'opacity=".8"',
    );
  });
  return [
    standingShadow(sketch, 150, 210, 46, 0.9),
    fill(plate.outline, dish),
    `<g ${sketch.clip(`<path d="${plate.outline}"/>`)}>${ring(plate, 0.62, tone(dish, -0.3), 2, 'opacity=".4"')}${lighting(sketch, plate)}</g>`,
    fill(ellipse(0, -46, 250, 250 * tilt), tone(dish, 0.3)),
    fill(
      ellipse(0, -44, 243, 243 * tilt),
      sketch.linear(
        [-240, -110],
        [240, 30],
        [
          [0, tone(dish, -0.28)],
          [0.5, tone(dish, -0.02)],
          [1, tone(dish, 0.22)],
        ],
      ),
    ),
    fill(ellipse(44, -20, foot * 1.02, foot * tilt), '#1c0f08', `opacity=".42" ${sketch.blur(12)}`),
    fill(
      outline,
      sketch.linear(
        [-foot, 0],
        [foot, 0],
        [
          [0, tone(base, -0.12)],
          [0.3, tone(base, 0.1)],
          [0.55, tone(base, -0.06)],
          [1, tone(base, -0.5)],
        ],
      ),
    ),
    `<g ${sketch.clip(`<path d="${outline}"/>`)}>`,
    ...grains,
    // Lumps and small slides: broad soft patches, lit above and dark below.
    ...Array.from({ length: 70 }, () => {
      const t = random() ** 1.6;
      const angle = between(random, -1.35, 1.35);
      const [x, y] = [radius(t) * Math.sin(angle), -34 - height * t + radius(t) * tilt * Math.cos(angle)];
      const size = between(random, 7, 26);
      const lean = angle * 24;
      return (
        fill(
          ellipse(x, y, size * 0.7, size * 1.5),
          '#fff2d6',
          `opacity="${num(between(random, 0.04, 0.13))}" transform="rotate(${num(-lean)} ${num(x)} ${num(y)})" ${sketch.blur(5)}`,
        ) +
        fill(
          ellipse(x + size * 0.9, y + 5, size * 0.55, size * 1.4),
          '#1c0f08',
          `opacity="${num(between(random, 0.05, 0.16))}" transform="rotate(${num(-lean)} ${num(x)} ${num(y)})" ${sketch.blur(5)}`,
        )
      );
    }),
    fill(
      outline,
      sketch.linear(
        [-foot, -200],
        [foot, -80],
        [
          [0, '#1c0f08', 0.08],
          [0.3, '#fff4dc', 0.12],
          [0.46, '#fff4dc', 0],
          [0.62, '#1c0f08', 0.1],
          [1, '#1c0f08', 0.52],
        ],
      ),
    ),
    fill(
      outline,
      sketch.linear(
        [0, -300],
        [0, 30],
        [
          [0, '#fff4dc', 0.14],
          [0.4, '#fff4dc', 0],
          [0.8, '#1c0f08', 0],
          [1, '#1c0f08', 0.22],
        ],
      ),
    ),
    '</g>',
    ...spilt,
  ].join('');
};

const dishes = ['#e6d8bf', '#b9603f', '#4f6d6a', '#d9c7a6', '#8a5a3b'];
