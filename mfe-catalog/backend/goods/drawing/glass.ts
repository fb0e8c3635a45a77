import type { GlassDecor, GlassShape } from './drawing.ts';
import type { Lathe } from './lathe.ts';
import { belt, ring, steps, turn } from './lathe.ts';
import { tone } from './palette.ts';
import type { Random } from './random.ts';
import { between } from './random.ts';
import { standingShadow } from './scene.ts';
import type { Point, Sketch } from './svg.ts';
import { ellipse, fill, line, num, pathOf } from './svg.ts';

type Form = {
  height: number;
  tilt: number;
  knots: readonly Point[];
  base: number;
  ribs: number;
  low: number;
  high: number;
};

const forms: Record<GlassShape, Form> = {
  beldi: {
    height: 400,
    tilt: 0.2,
    base: 0.075,
    ribs: 11,
    low: 0.3,
    high: 0.86,
    knots: [
      [0, 92],
      [0.04, 98],
      [0.18, 96],
      [0.26, 103],
      [1, 152],
    ],
  },
  tall: {
    height: 480,
    tilt: 0.18,
    base: 0.06,
    ribs: 0,
    low: 0.22,
    high: 0.86,
    knots: [
      [0, 86],
      [0.03, 90],
      [0.14, 84],
      [0.22, 90],
      [1, 128],
    ],
  },
  waisted: {
    height: 400,
    tilt: 0.2,
    base: 0.06,
    ribs: 0,
    low: 0.56,
    high: 0.88,
    knots: [
      [0, 72],
      [0.03, 80],
      [0.08, 76],
      [0.28, 110],
      [0.56, 80],
      [0.8, 102],
      [1, 130],
    ],
  },
  tumbler: {
    height: 350,
    tilt: 0.22,
    base: 0.085,
    ribs: 0,
    low: 0.2,
    high: 0.82,
    knots: [
      [0, 118],
      [0.04, 126],
      [1, 138],
    ],
  },
  footed: {
    height: 480,
    tilt: 0.19,
    base: 0.02,
    ribs: 0,
    low: 0.56,
    high: 0.9,
    knots: [
      [0, 104],
      [0.02, 102],
      [0.05, 40],
      [0.1, 15],
      [0.2, 12],
      [0.28, 20],
      [0.31, 14],
      [0.36, 34],
      [0.5, 104],
      [0.72, 136],
      [1, 130],
    ],
  },
  faceted: {
    height: 380,
    tilt: 0.21,
    base: 0.1,
    ribs: 9,
    low: 0.22,
    high: 0.76,
    knots: [
      [0, 100],
      [0.04, 106],
      [0.72, 134],
      [0.78, 138],
      [1, 140],
    ],
  },
};

const half = Math.PI / 2;

/** A tea glass standing on (0, 0): coloured, translucent, with gold if it has ornament. */
export const drawGlass = (
  sketch: Sketch,
  random: Random,
  shape: GlassShape,
  decor: GlassDecor,
  colours: readonly string[],
): string => {
  const form = forms[shape];
  const body = turn(form.height, form.tilt, form.knots);
  const colour = colours[0] ?? '#dfe6e2';
  const clear = colour === '#dfe6e2';
  const gold = sketch.linear(
    [-body.widest, 0],
    [body.widest, 0],
    [
      [0, '#7d5a1d'],
      [0.16, '#c9983f'],
      [0.3, '#fbe6a6'],
      [0.42, '#d3a449'],
      [0.7, '#a57a2b'],
      [0.88, '#e2bb62'],
      [1, '#77551b'],
    ],
  );
  const r = body.radius(1);
  const y = -body.height;
  const deep = tone(colour, clear ? -0.3 : -0.42);
  const pale = tone(colour, clear ? 0.6 : 0.22);
  const strength = clear ? 0.5 : 0.92;
  return [
    standingShadow(sketch, body.radius(0), body.widest * 0.9, body.radius(0) * body.tilt, 0.62),
    caustic(sketch, body, pale, clear),
    // Far wall seen through the glass.
    fill(ellipse(0, y, r, r * body.tilt), tone(colour, clear ? 0.3 : 0.1), `opacity="${clear ? 0.3 : 0.5}"`),
    fill(
      body.outline,
      sketch.linear(
        [-body.widest, 0],
        [body.widest, 0],
        [
          [0, deep, strength],
          [0.1, colour, strength * 0.92],
          [0.24, pale, strength * 0.72],
          [0.42, colour, strength * 0.82],
          [0.72, tone(colour, -0.1), strength * 0.9],
          [0.86, pale, strength * 0.7],
          [0.95, colour, strength],
          [1, deep, strength],
        ],
      ),
    ),
    `<g ${sketch.clip(`<path d="${body.outline}"/>`)}>`,
    fill(
      body.outline,
      sketch.linear(
        [0, y],
        [0, 0],
        [
          [0, '#fff8ea', 0.2],
          [0.35, '#fff8ea', 0],
          [0.7, '#1c0f08', 0],
          [1, '#1c0f08', 0.32],
        ],
      ),
    ),
    fill(
      ellipse(-body.widest * 0.1, -body.height * 0.3, body.widest * 0.62, body.height * 0.26),
      pale,
      `opacity=".4" ${sketch.blur(28)}`,
    ),
    form.ribs > 0 ? ribs(sketch, body, form, shape) : '',
    thickBase(sketch, body, form.base, colour),
    clear || decor === 'plain' ? bubbles(random, body) : '',
    goldWork[decor](body, form, gold),
    fill(pathOf(meridianStrip(body, -0.86, -0.62, form.low * 0.5, 0.94)), '#ffffff', `opacity=".62" ${sketch.blur(3)}`),
    fill(pathOf(meridianStrip(body, 0.92, 1.03, 0.2, 0.88)), '#ffffff', `opacity=".34" ${sketch.blur(2.4)}`),
    '</g>',
    line(
      pathOf([...steps(0, 1, 60).map((part): Point => [-body.radius(part) + 1, -body.height * part])], false),
      deep,
      2.4,
      'opacity=".5"',
    ),
    line(
      pathOf([...steps(0, 1, 60).map((part): Point => [body.radius(part) - 1, -body.height * part])], false),
      deep,
      2.4,
      'opacity=".55"',
    ),
    // The open mouth: inner far wall, then the rim.
    fill(
      ellipse(0, y, r - 2, (r - 2) * body.tilt),
      sketch.linear(
        [-r, y],
        [r, y],
        [
          [0, deep, 0.5],
          [0.4, colour, 0.25],
          [1, pale, 0.5],
        ],
      ),
    ),
    line(ellipse(0, y, r - 2, (r - 2) * body.tilt), tone(colour, 0.6), 3.4, 'opacity=".9"'),
    decor === 'plain' ? '' : line(ellipse(0, y, r - 2, (r - 2) * body.tilt), gold, 3.2, 'opacity=".85"'),
    line(
      pathOf(
        steps(-2.5, -1.3, 12).map(
          (angle) => [(r - 3) * Math.cos(angle), y + (r - 3) * body.tilt * Math.sin(angle)] as const,
        ),
        false,
      ),
      '#ffffff',
      2,
      'opacity=".5"',
    ),
  ].join('');
};

const meridianStrip = (body: Lathe, from: number, to: number, low: number, high: number): Point[] => [
  ...steps(low, high, 30).map((part) => body.at(from, part)),
  ...steps(high, low, 30).map((part) => body.at(to, part)),
];

// Light that the glass gathers on the table.
const caustic = (sketch: Sketch, body: Lathe, colour: string, clear: boolean): string =>
  fill(
    ellipse(body.widest * 0.95, 14, body.widest * 0.75, 18),
    colour,
    `opacity="${clear ? 0.5 : 0.75}" ${sketch.blur(11)}`,
  ) + fill(ellipse(body.widest * 0.9, 13, body.widest * 0.34, 6), '#fffaf0', `opacity=".65" ${sketch.blur(5)}`);

const ribs = (sketch: Sketch, body: Lathe, form: Form, shape: GlassShape): string => {
  const top = shape === 'faceted' ? 0.74 : 0.26;
  return (
    steps(-half, half, form.ribs)
      .slice(0, -1)
      .map((angle, index) => {
        const next = angle + Math.PI / form.ribs;
        const facet = pathOf(meridianStrip(body, angle + 0.02, next - 0.02, 0.03, top));
        const shade = index % 2 === 0 ? '#ffffff' : '#1c0f08';
        return (
          fill(facet, shade, `opacity="${index % 2 === 0 ? 0.2 : 0.13}"`) +
          line(
            pathOf(
              steps(0.03, top, 20).map((part) => body.at(angle + 0.03, part)),
              false,
            ),
            '#ffffff',
            1.8,
            'opacity=".5"',
          )
        );
      })
      .join('') + ring(body, top, '#ffffff', 2, `opacity=".4" ${sketch.blur(0.8)}`)
  );
};

const thickBase = (sketch: Sketch, body: Lathe, part: number, colour: string): string => {
  const r = body.radius(part) * 0.86;
  return (
    fill(ellipse(0, -body.height * part, r, r * body.tilt), tone(colour, -0.5), 'opacity=".45"') +
    fill(
      ellipse(0, -body.height * part - 3, r * 0.94, r * 0.9 * body.tilt),
      tone(colour, 0.35),
      `opacity=".4" ${sketch.blur(3)}`,
    ) +
    ring(body, 0.012, '#ffffff', 3, 'opacity=".55"')
  );
};

const bubbles = (random: Random, body: Lathe): string =>
  Array.from({ length: 46 }, () => {
    const [x, y] = body.at(between(random, -1.3, 1.3), between(random, 0.06, 0.95));
    const size = between(random, 0.8, 2.6);
    return fill(ellipse(x, y, size * 0.8, size), '#ffffff', `opacity="${num(between(random, 0.2, 0.55))}"`);
  }).join('');

type GoldWork = (body: Lathe, form: Form, gold: string) => string;

const rules = (body: Lathe, form: Form, gold: string): string =>
  [form.low - 0.03, form.low - 0.012, form.high + 0.03, form.high + 0.048]
    .map((part) => ring(body, part, gold, 2.6))
    .join('');

const visible = (angles: readonly number[]): number[] => angles.filter((angle) => Math.abs(angle) < half);

const spot = (body: Lathe, angle: number, part: number, size: number, paint: string): string => {
  const [x, y] = body.at(angle, part);
  return fill(ellipse(x, y, Math.max(0.3, size * Math.cos(angle)), size), paint);
};

const goldWork: Record<GlassDecor, GoldWork> = {
  plain: () => '',
  bands: (body, form, gold) => {
    const middle = (form.low + form.high) / 2;
    return (
      rules(body, form, gold) +
      fill(
        belt(
          body,
          () => middle - 0.03,
          () => middle + 0.03,
        ),
        gold,
      ) +
      ring(body, middle + 0.055, gold, 2) +
      ring(body, middle - 0.055, gold, 2)
    );
  },
  arches: (body, form, gold) => {
    const span = form.high - form.low;
    const arch = (centre: number, scale: number): string => {
      const w = 0.235 * scale;
      const left = steps(0, 0.5, 6).map((t) => body.at(centre - w * 0.72, form.low + span * t * 0.98 * scale));
      const curve = steps(-1, 1, 20).map((t) =>
        body.at(
          centre + w * Math.sin((t * Math.PI) / 2) * (Math.abs(t) > 0.8 ? 0.92 : 1),
          form.low + span * scale * (0.52 + 0.4 * Math.cos((t * Math.PI) / 2) ** 0.9),
        ),
      );
      const right = steps(0.5, 0, 6).map((t) => body.at(centre + w * 0.72, form.low + span * t * 0.98 * scale));
      return line(pathOf([...left, ...curve, ...right], false), gold, scale === 1 ? 4.6 : 2.4);
    };
    return (
      rules(body, form, gold) +
      visible(steps(-1.56, 1.56, 6))
        .map(
          (angle) =>
            arch(angle, 1) +
            arch(angle, 0.72) +
            spot(body, angle, form.low + span * 0.3, 6, gold) +
            spot(body, angle, form.low + span * 0.46, 4, gold) +
            spot(body, angle + 0.26, form.low + span * 0.86, 4.6, gold),
        )
        .join('')
    );
  },
  lattice: (body, form, gold) => {
    const span = form.high - form.low;
    const strand = (start: number, direction: number): string =>
      line(
        pathOf(
          steps(0, 1, 24)
            .map((t) => [start + direction * t * 1.05, t] as const)
            .filter(([angle]) => Math.abs(angle) < half)
            .map(([angle, t]) => body.at(angle, form.low + span * t)),
          false,
        ),
        gold,
        2.8,
      );
    const starts = steps(-2.8, 2.8, 16);
    const dots = starts
      .flatMap((start) => [0, 1 / 3, 2 / 3, 1].map((t, index) => [start + 1.05 * t, t, index] as const))
      .filter(([angle]) => Math.abs(angle) < 1.5)
      .map(([angle, t]) => spot(body, angle, form.low + span * t, 5, gold));
    return (
      rules(body, form, gold) + starts.map((start) => strand(start, 1) + strand(start, -1)).join('') + dots.join('')
    );
  },
  stars: (body, form, gold) => {
    const span = form.high - form.low;
    const star = (centre: number, part: number, size: number): string =>
      fill(
        pathOf(
          steps(0, Math.PI * 2, 16)
            .slice(0, -1)
            .map((turnBy, index) => {
              const [x, y] = body.at(centre, part);
              const reach = index % 2 === 0 ? size : size * 0.52;
              return [x + reach * Math.sin(turnBy) * Math.cos(centre), y - reach * Math.cos(turnBy)] as const;
            }),
        ),
        gold,
      );
    return (
      rules(body, form, gold) +
      [0.14, 0.5, 0.86]
        .flatMap((t, row) =>
          visible(steps(-1.5, 1.5, 6).map((angle) => angle + (row % 2) * 0.25)).map((angle) =>
            star(angle, form.low + span * t, row === 1 ? 17 : 13),
          ),
        )
        .join('')
    );
  },
  dots: (body, form, gold) => {
    const span = form.high - form.low;
    return (
      rules(body, form, gold) +
      steps(0.03, 0.97, 6)
        .flatMap((t, row) =>
          visible(steps(-1.56, 1.56, 16).map((angle) => angle + (row % 2) * 0.0975)).map(
            (angle) =>
              spot(body, angle, form.low + span * t, row % 3 === 1 ? 6.4 : 4.2, gold) +
              spot(body, angle - 0.015, form.low + span * t + 0.004, 1.4, '#fff3c9'),
          ),
        )
        .join('')
    );
  },
  leaves: (body, form, gold) => {
    const span = form.high - form.low;
    return (
      rules(body, form, gold) +
      visible(steps(-1.5, 1.5, 6))
        .map((angle) => {
          const stem = line(
            pathOf(
              steps(0, 0.92, 14).map((t) => body.at(angle, form.low + span * t)),
              false,
            ),
            gold,
            2.2,
          );
          const leaves = steps(0.1, 0.78, 4).flatMap((t) =>
            [-1, 1].map((side) =>
              fill(
                pathOf([
                  ...steps(0, 1, 8).map((s) =>
                    body.at(
                      Math.max(-half, Math.min(half, angle + side * 0.2 * s)),
                      form.low + span * (t + 0.16 * s + 0.05 * Math.sin(s * Math.PI)),
                    ),
                  ),
                  ...steps(1, 0, 8).map((s) =>
                    body.at(
                      Math.max(-half, Math.min(half, angle + side * 0.2 * s)),
                      form.low + span * (t + 0.16 * s - 0.05 * Math.sin(s * Math.PI)),
                    ),
                  ),
                ]),
                gold,
              ),
            ),
          );
          return stem + leaves.join('') + spot(body, angle, form.low + span * 0.95, 4.4, gold);
        })
        .join('')
    );
  },
};
