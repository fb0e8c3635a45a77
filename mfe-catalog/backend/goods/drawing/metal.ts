import type { MetalShape } from './drawing.ts';
import type { Lathe } from './lathe.ts';
import { highlight, ring, steps, turn } from './lathe.ts';
import { tone } from './palette.ts';
import { flatShadow, standingShadow, table, wall } from './scene.ts';
import { metalSheen } from './sheen.ts';
import type { Point, Sketch } from './svg.ts';
import { ellipse, fill, line, num, pathOf, place, polar } from './svg.ts';

const full = Math.PI * 2;
const centre: Point = [0, 0];

type Form = {
  height: number;
  tilt: number;
  open: boolean;
  bands: readonly number[];
  knots: readonly Point[];
  chased: readonly [number, number];
};

const forms: Record<Exclude<MetalShape, 'tray' | 'oval-tray'>, Form> = {
  teapot: {
    height: 400,
    tilt: 0.16,
    open: false,
    bands: [0.06, 0.56, 0.6, 0.66],
    chased: [0.2, 0.42],
    knots: [
      [0, 84],
      [0.03, 90],
      [0.06, 74],
      [0.1, 86],
      [0.3, 142],
      [0.44, 140],
      [0.58, 92],
      [0.62, 74],
      [0.66, 84],
      [0.68, 78],
      [0.8, 46],
      [0.86, 16],
      [0.89, 14],
      [0.92, 20],
      [0.96, 10],
      [1, 1],
    ],
  },
  mortar: {
    height: 270,
    tilt: 0.24,
    open: true,
    bands: [0.1, 0.16, 0.5, 0.56, 0.9],
    chased: [0.24, 0.44],
    knots: [
      [0, 118],
      [0.06, 122],
      [0.12, 100],
      [0.3, 96],
      [0.7, 116],
      [0.88, 130],
      [0.93, 146],
      [1, 150],
    ],
  },
  box: {
    height: 370,
    tilt: 0.2,
    open: false,
    bands: [0.08, 0.16, 0.42, 0.47, 0.56],
    chased: [0.2, 0.38],
    knots: [
      [0, 118],
      [0.04, 126],
      [0.08, 104],
      [0.14, 116],
      [0.3, 150],
      [0.43, 152],
      [0.455, 160],
      [0.48, 152],
      [0.66, 122],
      [0.78, 60],
      [0.82, 22],
      [0.86, 14],
      [0.9, 22],
      [0.95, 18],
      [1, 1],
    ],
  },
  cezve: {
    height: 260,
    tilt: 0.24,
    open: true,
    bands: [0.72, 0.76, 0.95],
    chased: [0.2, 0.58],
    knots: [
      [0, 132],
      [0.04, 142],
      [0.2, 140],
      [0.55, 106],
      [0.74, 90],
      [0.88, 98],
      [1, 112],
    ],
  },
  burner: {
    height: 400,
    tilt: 0.18,
    open: false,
    bands: [0.06, 0.24, 0.5, 0.545],
    chased: [0.32, 0.46],
    knots: [
      [0, 104],
      [0.03, 108],
      [0.08, 60],
      [0.16, 30],
      [0.24, 40],
      [0.3, 92],
      [0.42, 134],
      [0.5, 142],
      [0.53, 148],
      [0.56, 136],
      [0.7, 112],
      [0.82, 56],
      [0.87, 20],
      [0.92, 24],
      [0.96, 14],
      [1, 1],
    ],
  },
  ewer: {
    height: 500,
    tilt: 0.14,
    open: false,
    bands: [0.07, 0.2, 0.52, 0.74, 0.8],
    chased: [0.26, 0.44],
    knots: [
      [0, 88],
      [0.02, 92],
      [0.06, 54],
      [0.12, 44],
      [0.2, 84],
      [0.34, 122],
      [0.46, 100],
      [0.56, 48],
      [0.68, 34],
      [0.78, 44],
      [0.8, 50],
      [0.82, 46],
      [0.9, 26],
      [0.94, 10],
      [0.97, 14],
      [1, 1],
    ],
  },
};

// Where the foot stands in the picture, and how large.
const standing: Record<keyof typeof forms, readonly [number, number, number]> = {
  teapot: [362, 606, 1.2],
  mortar: [336, 596, 1.14],
  box: [360, 600, 1.28],
  cezve: [262, 580, 1.18],
  burner: [360, 612, 1.24],
  ewer: [362, 628, 1.14],
};

/** A whole square picture of a metal vessel: trays from above, the others standing on a table. */
export const drawMetal = (
  sketch: Sketch,
  shape: MetalShape,
  colours: readonly string[],
  size: number,
  backdrop: string,
): string => {
  if (shape === 'tray' || shape === 'oval-tray') {
    const squash = shape === 'tray' ? 1 : 0.72;
    return (
      wall(sketch, size, size, backdrop) +
      place(
        `<g transform="scale(1.06 ${num(1.06 * squash)})">${flatShadow(sketch, ellipse(0, 0, 262, 262), 18)}${drawTray(sketch, colours[0] ?? '#c0923f')}</g>`,
        360,
        354,
      )
    );
  }
  const [x, y, scale] = standing[shape];
  return table(sketch, size, size, 500, backdrop) + place(drawVessel(sketch, shape, colours), x, y, scale);
};

/** A round engraved tray seen from above, 262 units in radius. */
export const drawTray = (sketch: Sketch, metal: string): string => {
  const sectors = steps(0, full, 120)
    .slice(0, -1)
    .map((angle) => {
      // Brushed round metal mirrors the light in two opposite fans.
      const gleam = Math.cos(2 * (angle + Math.PI * 0.25)) * 0.5 + 0.22 * Math.cos(6 * angle + 1) * 0.4;
      const wedge = pathOf([centre, polar(centre, 270, angle), polar(centre, 270, angle + full / 110)]);
      return fill(wedge, gleam < 0 ? tone(metal, gleam * 0.75) : tone(metal, gleam * 0.95));
    });
  const cut = (data: string, width = 2): string =>
    line(data, tone(metal, -0.62), width, 'opacity=".75"') +
    line(data, tone(metal, 0.7), width * 0.55, 'opacity=".7" transform="translate(1.1 1.3)"');
  const hoop = (radius: number, width?: number): string => cut(ellipse(0, 0, radius, radius), width);
  const around = (count: number, draw: (angle: number) => string): string =>
    steps(0, full, count)
      .slice(0, -1)
      .map((angle) => draw(angle - Math.PI / 2))
      .join('');
  const petal = (from: number, to: number, width: number, angle: number): string => {
    const side = (sign: 1 | -1): Point[] =>
      steps(0, 1, 8).map((t) =>
        polar(
          centre,
          from + (to - from) * t,
          angle + (sign * width * Math.sin(Math.PI * t)) / (from + (to - from) * t),
        ),
      );
    return pathOf([...side(1), ...side(-1).reverse()]);
  };
  // The {12/5} star polygon: twelve long chords that weave the rosette.
  const chords = (points: number, skip: number, radius: number, offset = 0): string =>
    steps(0, points - 1, points - 1)
      .map((index) =>
        cut(
          pathOf(
            [
              polar(centre, radius, (index * full) / points + offset),
              polar(centre, radius, ((index + skip) * full) / points + offset),
            ],
            false,
          ),
          1.8,
        ),
      )
      .join('');
  const dots = (count: number, radius: number, size: number): string =>
    around(count, (angle) => {
      const [x, y] = polar(centre, radius, angle);
      return (
        fill(ellipse(x, y, size, size), tone(metal, -0.6), 'opacity=".7"') +
        fill(ellipse(x + 0.8, y + 0.9, size * 0.5, size * 0.5), tone(metal, 0.6), 'opacity=".7"')
      );
    });
  return [
    `<g ${sketch.clip(`<path d="${ellipse(0, 0, 262, 262)}"/>`)}><g ${sketch.blur(5)}>${fill(ellipse(0, 0, 275, 275), metal)}${sectors.join('')}</g>`,
    fill(
      ellipse(0, 0, 262, 262),
      sketch.radial([-90, -100], 420, [
        [0, '#fff6dc', 0.22],
        [0.5, '#fff6dc', 0],
        [1, '#1c0f08', 0.36],
      ]),
    ),
    '</g>',
    around(36, (angle) => cut(petal(208, 232, 8, angle), 1.6)),
    dots(72, 200, 1.8),
    hoop(236),
    hoop(204),
    hoop(196),
    hoop(150, 2.4),
    hoop(144),
    around(24, (angle) => cut(petal(152, 194, 14, angle), 1.6) + cut(petal(158, 184, 7, angle), 1.2)),
    chords(12, 5, 142),
    chords(12, 4, 142, full / 24),
    dots(12, 118, 3),
    dots(12, 84, 2.2),
    fill(ellipse(0, 0, 35, 35), metal, 'opacity=".6"'),
    hoop(36, 2.4),
    around(12, (angle) => cut(petal(8, 32, 4.6, angle), 1.3)),
    dots(1, 0, 4),
    // Rolled rim: light on the upper left, shade on the lower right.
    line(ellipse(0, 0, 251, 251), tone(metal, -0.7), 8, `opacity=".35" ${sketch.blur(4)}`),
    line(
      ellipse(0, 0, 257, 257),
      sketch.linear(
        [-190, -190],
        [190, 190],
        [
          [0, tone(metal, 0.85)],
          [0.35, tone(metal, 0.2)],
          [0.6, tone(metal, -0.35)],
          [1, tone(metal, -0.65)],
        ],
      ),
      11,
    ),
    line(ellipse(0, 0, 261, 261), tone(metal, -0.6), 1.6, 'opacity=".7"'),
  ].join('');
};

/** A turned metal vessel standing on (0, 0). */
export const drawVessel = (
  sketch: Sketch,
  shape: Exclude<MetalShape, 'tray' | 'oval-tray'>,
  colours: readonly string[],
): string => {
  const metal = colours[0] ?? '#c0923f';
  const trim = colours[1] ?? metal;
  const form = forms[shape];
  const body = turn(form.height, form.tilt, form.knots);
  return [
    standingShadow(sketch, body.radius(0), body.widest, body.radius(0) * body.tilt),
    ...(limbs[shape]?.(body, metal, trim) ?? []),
    fill(body.outline, metalSheen(sketch, body.widest, metal)),
    `<g ${sketch.clip(`<path d="${body.outline}"/>`)}>`,
    chasing(body, form.chased, metal),
    shape === 'burner' ? holes(body) : '',
    ...form.bands.map(
      (part) =>
        ring(body, part, tone(metal, -0.6), 3.4, 'opacity=".7"') +
        ring(body, part + 0.012, tone(metal, 0.7), 2.2, 'opacity=".75"'),
    ),
    slopes(sketch, body),
    highlight(sketch, body, 0.16, 0.6, body.widest * 0.08, 0.75),
    '</g>',
    form.open ? openMouth(sketch, body, metal) : '',
  ].join('');
};

// Darker where the skin looks down, lighter where it looks up; a warm band of reflected table at the foot.
const slopes = (sketch: Sketch, body: Lathe): string => {
  const stops = steps(0, 1, 50).map((part) => {
    const slope =
      (body.radius(Math.min(1, part + 0.015)) - body.radius(Math.max(0, part - 0.015))) / (0.03 * body.height);
    const look = -slope / Math.hypot(1, slope);
    return [1 - part, look > 0 ? '#fff6e4' : '#1c0f08', Math.abs(look) * 0.42] as const;
  });
  return fill(body.outline, sketch.linear([0, -body.height], [0, 0], [...stops].reverse()));
};

const chasing = (body: Lathe, [low, high]: readonly [number, number], metal: string): string => {
  const petals = steps(-1.5, 1.5, 14).map((angle) => {
    const side = (sign: 1 | -1): Point[] =>
      steps(0, 1, 8).map((t) =>
        body.at(Math.max(-1.56, Math.min(1.56, angle + sign * 0.1 * Math.sin(Math.PI * t))), low + (high - low) * t),
      );
    const outline = pathOf([...side(1), ...side(-1).reverse()]);
    return (
      line(outline, tone(metal, -0.65), 2.2, 'opacity=".6"') +
      line(outline, tone(metal, 0.75), 1.1, 'opacity=".6" transform="translate(1.2 1)"')
    );
  });
  return (
    petals.join('') +
    [low - 0.015, high + 0.015].map((part) => ring(body, part, tone(metal, -0.6), 2, 'opacity=".55"')).join('')
  );
};

const holes = (body: Lathe): string =>
  [0.62, 0.69, 0.76]
    .flatMap((part, row) =>
      steps(-1.4, 1.4, 9).map((angle) => {
        const [x, y] = body.at(angle + (row % 2) * 0.15, part);
        return fill(
          pathOf([
            [x, y - 11],
            [x + 7 * Math.cos(angle), y],
            [x, y + 11],
            [x - 7 * Math.cos(angle), y],
          ]),
          '#24150c',
          'opacity=".85"',
        );
      }),
    )
    .join('');

const openMouth = (sketch: Sketch, body: Lathe, metal: string): string => {
  const r = body.radius(1);
  const y = -body.height;
  const lining = metal === '#b96d44' ? '#b9b5ac' : metal;
  return (
    fill(ellipse(0, y, r, r * body.tilt), tone(metal, 0.45)) +
    fill(
      ellipse(0, y + 2, r - 8, (r - 8) * body.tilt),
      sketch.linear(
        [-r, y],
        [r, y],
        [
          [0, tone(lining, -0.75)],
          [0.5, tone(lining, -0.45)],
          [0.85, tone(lining, 0.15)],
          [1, tone(lining, -0.2)],
        ],
      ),
    )
  );
};

const tube = (data: string, metal: string, width: number): string =>
  line(data, tone(metal, -0.7), width) +
  line(data, tone(metal, -0.15), width * 0.78) +
  line(data, tone(metal, 0.72), width * 0.24, `transform="translate(${num(-width * 0.14)} ${num(-width * 0.16)})"`);

const limbs: Partial<Record<MetalShape, (body: Lathe, metal: string, trim: string) => string[]>> = {
  teapot: ({ height: h }, metal, trim) => [
    tube(`M-84 ${num(-h * 0.54)}C-236 ${num(-h * 0.68)} -252 ${num(-h * 0.2)} -124 ${num(-h * 0.24)}`, trim, 19),
    fill(
      `M106 ${num(-h * 0.2)}C176 ${num(-h * 0.26)} 168 ${num(-h * 0.52)} 246 ${num(-h * 0.68)}L262 ${num(-h * 0.655)}C214 ${num(-h * 0.5)} 210 ${num(-h * 0.16)} 112 ${num(-h * 0.1)}Z`,
      tone(metal, -0.3),
      `stroke="${tone(metal, -0.7)}" stroke-width="2"`,
    ),
    line(
      `M124 ${num(-h * 0.19)}C186 ${num(-h * 0.26)} 186 ${num(-h * 0.5)} 246 ${num(-h * 0.655)}`,
      tone(metal, 0.6),
      6,
      'opacity=".8"',
    ),
  ],
  ewer: ({ height: h }, metal, trim) => [
    tube(`M-44 ${num(-h * 0.76)}C-190 ${num(-h * 0.78)} -196 ${num(-h * 0.3)} -96 ${num(-h * 0.26)}`, trim, 17),
    fill(
      `M92 ${num(-h * 0.28)}C180 ${num(-h * 0.3)} 128 ${num(-h * 0.62)} 190 ${num(-h * 0.76)}L206 ${num(-h * 0.745)}C160 ${num(-h * 0.6)} 214 ${num(-h * 0.24)} 96 ${num(-h * 0.2)}Z`,
      tone(metal, -0.3),
      `stroke="${tone(metal, -0.7)}" stroke-width="2"`,
    ),
    line(
      `M110 ${num(-h * 0.27)}C176 ${num(-h * 0.32)} 140 ${num(-h * 0.6)} 191 ${num(-h * 0.742)}`,
      tone(metal, 0.6),
      5,
      'opacity=".8"',
    ),
  ],
  cezve: ({ height: h }, _metal, trim) => [
    tube(`M90 ${num(-h * 0.84)}C180 ${num(-h * 0.9)} 240 ${num(-h * 1.06)} 330 ${num(-h * 1.2)}`, trim, 20),
  ],
  mortar: ({ height: h }, metal) => [
    tube(`M40 ${num(-h * 0.96)}L118 ${num(-h * 1.52)}`, metal, 30),
    fill(ellipse(121, -h * 1.55, 27, 25), tone(metal, -0.2)),
    fill(ellipse(112, -h * 1.58, 9, 8), tone(metal, 0.75)),
  ],
};
