import type { SpiceShape } from './drawing.ts';
import { lighting, highlight, ring, steps, turn } from './lathe.ts';
import { tone } from './palette.ts';
import type { Random } from './random.ts';
import { between, createWander, pick } from './random.ts';
import { standingShadow } from './scene.ts';
import type { Point, Sketch } from './svg.ts';
import { ellipse, fill, line, num, pathOf, polar } from './svg.ts';

/** A heap of spice in a dish (a cone) or in a bowl, standing on (0, 0), with its shadow. */
export const drawSpice = (
  sketch: Sketch,
  random: Random,
  shape: SpiceShape,
  heap: 'cone' | 'bowl',
  colours: readonly string[],
): string => (heap === 'cone' ? cone(sketch, random, shape, colours) : bowl(sketch, random, shape, colours));

const dishes = ['#e6d8bf', '#b9603f', '#4f6d6a', '#d9c7a6', '#8a5a3b'];

const cone = (sketch: Sketch, random: Random, shape: SpiceShape, colours: readonly string[]): string => {
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

const bowl = (sketch: Sketch, random: Random, shape: SpiceShape, colours: readonly string[]): string => {
  const clay = pick(random, ['#e9dfca', '#5b7a76', '#b9603f', '#2f4a77', '#d9c7a6', '#6d4a34']);
  const tilt = 0.42;
  const body = turn(190, tilt, [
    [0, 96],
    [0.08, 104],
    [0.4, 178],
    [0.75, 218],
    [1, 232],
  ]);
  const top = -190;
  const rim = 232;
  const heapRadius = 214;
  const rise = 74;
  const grain = grains[shape];
  // Back to front, so that nearer pieces cover those behind.
  const pieces = Array.from({ length: grain.count }, () => {
    const r = 0.97 * Math.sqrt(random());
    const angle = random() * Math.PI * 2;
    const x = heapRadius * r * Math.cos(angle);
    const depth = heapRadius * r * Math.sin(angle);
    return { x, depth, y: top + depth * tilt - rise * (1 - r * r), shade: -0.1 * (x / heapRadius) - 0.12 * r - 0.05 };
  }).sort((a, b) => a.depth - b.depth);
  return [
    standingShadow(sketch, 96, 190, 40, 0.9),
    fill(
      body.outline,
      sketch.linear(
        [0, -190],
        [0, 90],
        [
          [0, tone(clay, 0.06)],
          [1, tone(clay, -0.08)],
        ],
      ),
    ),
    `<g ${sketch.clip(`<path d="${body.outline}"/>`)}>`,
    ring(body, 0.84, tone(clay, -0.4), 3, 'opacity=".5"'),
    ring(body, 0.8, tone(clay, 0.35), 2, 'opacity=".5"'),
    lighting(sketch, body),
    highlight(sketch, body, 0.35, 0.8, 26, 0.42),
    '</g>',
    fill(ellipse(0, top, rim, rim * tilt), tone(clay, 0.28)),
    fill(ellipse(0, top + 1, rim - 8, (rim - 8) * tilt), tone(clay, -0.5)),
    fill(
      pathOf(
        steps(0, Math.PI * 2, 60).map((angle): Point => [
          heapRadius * Math.cos(angle),
          top +
            heapRadius * tilt * Math.sin(angle) -
            (Math.sin(angle) < 0 ? rise * (1 - Math.cos(angle) ** 2) ** 0.9 * 0.35 : 0),
        ]),
      ),
      tone(colours[0] ?? '#888888', -0.55),
    ),
    ...pieces.map(({ x, y, shade }) =>
      grain.draw(
        random,
        x,
        y,
        tone(pick(random, [colours[0] ?? '#888888', ...colours]), shade + between(random, -0.14, 0.14)),
      ),
    ),
    fill(ellipse(70, top - 14, 150, 66), '#1c0f08', `opacity=".2" ${sketch.blur(30)}`),
    fill(ellipse(-76, top - 52, 84, 30), '#fff8e6', `opacity=".2" ${sketch.blur(20)}`),
    // The front lip lies over the foot of the heap.
    line(
      pathOf(
        steps(0.02, Math.PI - 0.02, 40).map((angle): Point => [
          (rim - 4) * Math.cos(angle),
          top + (rim - 4) * tilt * Math.sin(angle),
        ]),
        false,
      ),
      tone(clay, 0.22),
      8,
    ),
    line(
      pathOf(
        steps(0.02, Math.PI - 0.02, 40).map((angle): Point => [
          (rim - 4) * Math.cos(angle),
          top - 2 + (rim - 4) * tilt * Math.sin(angle),
        ]),
        false,
      ),
      tone(clay, 0.6),
      2,
      'opacity=".7"',
    ),
  ].join('');
};

type Grain = { count: number; draw: (random: Random, x: number, y: number, colour: string) => string };

const turned = (content: string, x: number, y: number, degrees: number): string =>
  `<g transform="translate(${num(x)} ${num(y)}) rotate(${num(degrees)})">${content}</g>`;

const oval = (width: number, height: number, colour: string): string =>
  fill(ellipse(1.2, 1.8, width, height), '#1c0f08', 'opacity=".4"') +
  fill(ellipse(0, 0, width, height), colour) +
  fill(ellipse(-width * 0.25, -height * 0.35, width * 0.45, height * 0.28), tone(colour, 0.5), 'opacity=".55"');

const grains: Record<SpiceShape, Grain> = {
  powder: { count: 3000, draw: (random, x, y, colour) => fill(ellipse(x, y, between(random, 1, 2), 1.2), colour) },
  chips: {
    count: 2200,
    draw: (random, x, y, colour) => fill(ellipse(x, y, between(random, 2, 4), between(random, 1.4, 3)), colour),
  },
  seeds: {
    count: 1500,
    draw: (random, x, y, colour) =>
      turned(
        fill(ellipse(1, 1.4, 9.5, 3), '#1c0f08', 'opacity=".35"') +
          fill('M-10 0Q0 -4.6 10 0Q0 4.6 -10 0Z', colour) +
          line('M-8 -.6Q0 -2.6 8 -.6M-8 1Q0 1.8 8 1', tone(colour, 0.4), 0.9, 'opacity=".7"'),
        x,
        y,
        between(random, -70, 70),
      ),
  },
  corns: {
    count: 1050,
    draw: (random, x, y, colour) => {
      const size = between(random, 8.5, 11);
      const wrinkle = line(
        `M${num(-size * 0.6)} ${num(between(random, -3, 3))}q${num(size * 0.5)} ${num(between(random, -5, 5))} ${num(size * 1.1)} ${num(between(random, -2, 2))}M${num(between(random, -4, 0))} ${num(-size * 0.6)}q${num(between(random, -3, 4))} ${num(size * 0.6)} 1 ${num(size * 1.1)}`,
        tone(colour, -0.4),
        1.2,
        'opacity=".7"',
      );
      return turned(oval(size, size * 0.94, colour) + wrinkle, x, y, between(random, -20, 20));
    },
  },
  pods: {
    count: 330,
    draw: (random, x, y, colour) =>
      turned(
        fill('M-27 2Q-4 -12 26 1Q-2 15 -27 2Z', '#1c0f08', 'opacity=".4" transform="translate(2 4)"') +
          fill('M-27 0Q-6 -13 26 0Q-4 13 -27 0Z', colour) +
          line('M-24 0Q-4 -6 22 0M-24 1Q-4 6 22 0', tone(colour, -0.32), 1.4, 'opacity=".8"') +
          line('M-20 -3Q-4 -9.5 16 -3', tone(colour, 0.55), 2.2, 'opacity=".7"') +
          line('M-27 0l-6 -1', tone(colour, -0.3), 2.4),
        x,
        y,
        between(random, -80, 80),
      ),
  },
  sticks: {
    count: 64,
    draw: (random, x, y, colour) =>
      turned(
        fill('M-92 -9H92V15H-92Z', '#1c0f08', 'opacity=".35" transform="translate(3 5)"') +
          fill('M-92 -11H92V11H-92Z', colour) +
          fill('M-92 -11H92V-5H-92Z', tone(colour, 0.28), 'opacity=".7"') +
          fill('M-92 4H92V11H-92Z', tone(colour, -0.45), 'opacity=".6"') +
          line('M-92 0H92', tone(colour, -0.5), 2) +
          fill(ellipse(92, 0, 5, 11), tone(colour, -0.3)) +
          line('M92 -6C97 -4 96 4 92 4C89 3 89 -2 92 -2', tone(colour, 0.3), 1.6),
        x * 0.45,
        y,
        between(random, -38, 38),
      ),
  },
  stars: {
    count: 170,
    draw: (random, x, y, colour) => {
      const turnBy = random() * Math.PI;
      const squash = between(random, 0.6, 0.95);
      const arms = steps(0, Math.PI * 2, 8)
        .slice(0, -1)
        .map((angle) => {
          const tip = polar([0, 0], between(random, 28, 34), angle + turnBy);
          const [a, b] = [polar([0, 0], 18, angle + turnBy - 0.36), polar([0, 0], 18, angle + turnBy + 0.36)];
          const seed = polar([0, 0], 17, angle + turnBy);
          return (
            fill(
              `M0 0Q${num(a[0])} ${num(a[1])} ${num(tip[0])} ${num(tip[1])}Q${num(b[0])} ${num(b[1])} 0 0Z`,
              colour,
              `stroke="${tone(colour, -0.5)}" stroke-width="1.2"`,
            ) +
            line(`M0 0L${num(tip[0])} ${num(tip[1])}`, tone(colour, -0.5), 1.2) +
            fill(ellipse(seed[0], seed[1], 3.6, 3.6), '#6d3414') +
            fill(ellipse(seed[0] - 1, seed[1] - 1.2, 1.2, 1), '#f3cfa0')
          );
        });
      return `<g transform="translate(${num(x)} ${num(y)}) scale(1 ${num(squash)})">${fill(ellipse(3, 6, 30, 30), '#1c0f08', 'opacity=".32"')}${arms.join('')}${fill(ellipse(0, 0, 4, 4), tone(colour, -0.4))}</g>`;
    },
  },
  buds: {
    count: 420,
    draw: (random, x, y, colour) =>
      turned(
        line('M0 0L26 2', tone(colour, -0.45), 6.5) +
          line('M0 -1L25 1', tone(colour, -0.08), 4) +
          fill(ellipse(1, 2, 12, 11), '#1c0f08', 'opacity=".4"') +
          fill(ellipse(0, 0, 11, 10), colour) +
          line('M-9 0Q-2 -9 5 -7M-8 3Q0 6 8 2', tone(colour, -0.35), 1.6, 'opacity=".8"') +
          fill(ellipse(-3, -4, 4.4, 2.8), tone(colour, 0.5), 'opacity=".7"'),
        x,
        y,
        between(random, -160, 160),
      ),
  },
  leaves: {
    count: 430,
    draw: (random, x, y, colour) => {
      const size = between(random, 14, 27);
      const curl = between(random, 3, 11);
      return turned(
        fill(
          `M${-size} 2Q0 ${num(-curl)} ${size} 0Q2 ${num(curl)} ${-size} 2Z`,
          '#1c0f08',
          'opacity=".35" transform="translate(2 4)"',
        ) +
          fill(
            `M${-size} 0Q${num(-size * 0.2)} ${num(-curl * 1.3)} ${size} 0Q${num(size * 0.1)} ${num(curl)} ${-size} 0Z`,
            colour,
          ) +
          line(`M${num(-size * 0.9)} 0Q0 ${num(-curl * 0.3)} ${num(size * 0.9)} 0`, tone(colour, -0.4), 1.2) +
          line(
            `M${num(-size * 0.6)} ${num(-curl * 0.36)}Q0 ${num(-curl * 0.8)} ${num(size * 0.6)} ${num(-curl * 0.2)}`,
            tone(colour, 0.4),
            1.3,
            'opacity=".7"',
          ),
        x,
        y,
        between(random, -90, 90),
      );
    },
  },
  threads: {
    count: 620,
    draw: (random, x, y, colour) => {
      const size = between(random, 16, 34);
      const bend = between(random, -14, 14);
      return turned(
        line(`M${num(-size)} 2Q0 ${num(bend + 2)} ${num(size)} 2`, '#1c0f08', 2.6, 'opacity=".35"') +
          line(`M${num(-size)} 0Q0 ${num(bend)} ${num(size)} 0`, colour, 2.6) +
          line(`M${num(size * 0.5)} ${num(bend * 0.35)}L${num(size + 5)} -2`, tone(colour, 0.12), 4) +
          line(
            `M${num(-size)} -.8Q0 ${num(bend - 0.8)} ${num(size * 0.8)} -.8`,
            tone(colour, 0.42),
            0.8,
            'opacity=".7"',
          ),
        x * 0.93,
        y,
        between(random, -90, 90),
      );
    },
  },
  crystals: {
    count: 1500,
    draw: (random, x, y, colour) => {
      const size = between(random, 4, 12);
      const corners = steps(0, Math.PI * 2, 6)
        .slice(0, -1)
        .map((angle) => polar([0, 0], size * between(random, 0.7, 1.1), angle));
      const facet = corners.slice(0, 3);
      return turned(
        fill(pathOf(corners.map(([a, b]): Point => [a + 1.5, b + 2.5])), '#6d5a48', 'opacity=".4"') +
          fill(pathOf(corners), colour) +
          fill(pathOf([...facet, [0, 0]]), tone(colour, -0.2), 'opacity=".6"') +
          line(pathOf([...corners.slice(3, 5), [0, 0]], false), '#ffffff', 1, 'opacity=".9"'),
        x,
        y,
        between(random, 0, 360),
      );
    },
  },
};
