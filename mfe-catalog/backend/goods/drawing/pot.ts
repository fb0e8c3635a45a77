import type { PotDecor, PotShape } from './drawing.ts';
import type { Lathe } from './lathe.ts';
import { highlight, lighting, ring, turn } from './lathe.ts';
import type { Zone } from './painted.ts';
import { paintDecor } from './painted.ts';
import { tone } from './palette.ts';
import type { Random } from './random.ts';
import { between } from './random.ts';
import { standingShadow } from './scene.ts';
import type { Point, Sketch } from './svg.ts';
import { ellipse, fill, line, num } from './svg.ts';

/** Everything but plates, which are drawn from above. */
export type TurnedShape = Exclude<PotShape, 'plate'>;

type Form = { height: number; tilt: number; knots: readonly Point[]; zone: Zone; open: boolean; seam?: number };

const forms: Record<TurnedShape, Form> = {
  bottle: {
    height: 440,
    tilt: 0.16,
    zone: { low: 0.05, high: 0.6 },
    open: true,
    knots: [
      [0, 66],
      [0.03, 74],
      [0.26, 130],
      [0.45, 104],
      [0.6, 48],
      [0.75, 30],
      [0.92, 33],
      [1, 46],
    ],
  },
  amphora: {
    height: 430,
    tilt: 0.16,
    zone: { low: 0.1, high: 0.74 },
    open: true,
    knots: [
      [0, 62],
      [0.03, 58],
      [0.06, 52],
      [0.46, 134],
      [0.62, 138],
      [0.78, 82],
      [0.88, 58],
      [0.95, 62],
      [1, 78],
    ],
  },
  moon: {
    height: 360,
    tilt: 0.2,
    zone: { low: 0.1, high: 0.88 },
    open: true,
    knots: [
      [0, 70],
      [0.02, 74],
      [0.24, 152],
      [0.5, 182],
      [0.76, 152],
      [0.93, 84],
      [0.97, 80],
      [1, 90],
    ],
  },
  bowl: {
    height: 210,
    tilt: 0.3,
    zone: { low: 0.16, high: 0.96 },
    open: true,
    knots: [
      [0, 82],
      [0.09, 78],
      [0.14, 84],
      [0.4, 150],
      [0.75, 196],
      [1, 214],
    ],
  },
  cup: {
    height: 240,
    tilt: 0.24,
    zone: { low: 0.08, high: 0.92 },
    open: true,
    knots: [
      [0, 78],
      [0.05, 92],
      [0.35, 130],
      [0.75, 134],
      [1, 138],
    ],
  },
  tagine: {
    height: 400,
    tilt: 0.17,
    zone: { low: 0.26, high: 0.8 },
    open: false,
    seam: 0.22,
    knots: [
      [0, 130],
      [0.02, 136],
      [0.12, 196],
      [0.2, 212],
      [0.222, 208],
      [0.235, 194],
      [0.34, 168],
      [0.55, 104],
      [0.76, 52],
      [0.85, 36],
      [0.88, 44],
      [0.94, 52],
      [0.985, 36],
      [1, 2],
    ],
  },
  jar: {
    height: 400,
    tilt: 0.17,
    zone: { low: 0.08, high: 0.68 },
    open: false,
    seam: 0.735,
    knots: [
      [0, 88],
      [0.03, 96],
      [0.18, 130],
      [0.38, 152],
      [0.56, 138],
      [0.68, 108],
      [0.725, 100],
      [0.735, 112],
      [0.76, 112],
      [0.84, 84],
      [0.885, 34],
      [0.9, 20],
      [0.93, 27],
      [0.97, 28],
      [1, 2],
    ],
  },
  pitcher: {
    height: 400,
    tilt: 0.18,
    zone: { low: 0.08, high: 0.7 },
    open: true,
    knots: [
      [0, 84],
      [0.03, 90],
      [0.34, 136],
      [0.56, 118],
      [0.76, 74],
      [0.88, 68],
      [1, 88],
    ],
  },
  beaker: {
    height: 260,
    tilt: 0.24,
    zone: { low: 0.18, high: 1 },
    open: true,
    knots: [
      [0, 84],
      [0.04, 92],
      [0.4, 104],
      [1, 116],
    ],
  },
  tall: {
    height: 500,
    tilt: 0.13,
    zone: { low: 0.3, high: 0.86 },
    open: true,
    knots: [
      [0, 70],
      [0.02, 74],
      [0.5, 116],
      [0.74, 124],
      [0.9, 84],
      [0.95, 72],
      [1, 86],
    ],
  },
  pedestal: {
    height: 290,
    tilt: 0.27,
    zone: { low: 0.46, high: 0.97 },
    open: true,
    knots: [
      [0, 104],
      [0.04, 102],
      [0.16, 50],
      [0.28, 36],
      [0.38, 44],
      [0.5, 104],
      [0.72, 176],
      [1, 206],
    ],
  },
};

/** A turned pot standing on (0, 0), about 500 units high at most. */
export const drawPot = (
  sketch: Sketch,
  random: Random,
  shape: TurnedShape,
  decor: PotDecor,
  colours: readonly string[],
): string => {
  const form = forms[shape];
  const body = turn(form.height, form.tilt, form.knots);
  const paint = colours[0] ?? '#888888';
  const ground = decor === 'plain' ? paint : (colours[1] ?? tone(paint, 0.6));
  const accent = colours[2] ?? tone(paint, -0.25);
  const glossy = ground !== '#3b3835';
  return [
    standingShadow(sketch, body.radius(0), body.widest, body.radius(0) * body.tilt),
    handles(shape, body, decor === 'drip' ? paint : ground, 'back'),
    form.open ? inside(body, decor === 'drip' ? paint : ground) : '',
    fill(
      body.outline,
      sketch.linear(
        [0, -body.height],
        [0, 0],
        [
          [0, tone(ground, 0.06)],
          [1, tone(ground, -0.06)],
        ],
      ),
    ),
    `<g ${sketch.clip(`<path d="${body.outline}"/>`)}>`,
    speckle(random, body, ground),
    paintDecor(decor, { body, zone: form.zone, colour: paint, accent, random }),
    form.seam === undefined
      ? ''
      : ring(body, form.seam, tone(ground, -0.7), 5, 'opacity=".7"') +
        ring(body, form.seam + 0.016, tone(ground, 0.5), 3, 'opacity=".5"'),
    shape === 'moon' ? ring(body, 0.5, tone(ground, -0.3), 2, 'opacity=".35"') : '',
    lighting(sketch, body),
    glossy ? highlight(sketch, body, 0.3, 0.86, body.widest * 0.12, decor === 'plain' ? 0.42 : 0.55) : '',
    '</g>',
    form.open ? mouth(sketch, body, decor === 'drip' ? paint : ground) : '',
    handles(shape, body, decor === 'drip' ? paint : ground, 'front'),
  ].join('');
};

const inside = (body: Lathe, ground: string): string => {
  const r = body.radius(1);
  return fill(ellipse(0, -body.height, r, r * body.tilt), tone(ground, -0.5));
};

/** The open rim with the shaded inner wall. */
export const mouth = (sketch: Sketch, body: Lathe, ground: string): string => {
  const r = body.radius(1);
  const y = -body.height;
  const wall = sketch.linear(
    [-r, y - r * body.tilt],
    [r, y + r * body.tilt],
    [
      [0, tone(ground, -0.72)],
      [0.55, tone(ground, -0.38)],
      [1, tone(ground, -0.08)],
    ],
  );
  return [
    fill(ellipse(0, y, r, r * body.tilt), tone(ground, 0.16)),
    fill(ellipse(0, y + r * 0.006, r - 6, (r - 6) * body.tilt), wall),
    line(ellipse(0, y, r - 2, (r - 2) * body.tilt), tone(ground, 0.55), 2, 'opacity=".7"'),
  ].join('');
};

const handles = (shape: TurnedShape, body: Lathe, colour: string, layer: 'back' | 'front'): string => {
  const tube = (data: string, width: number): string =>
    line(data, tone(colour, -0.62), width + 2) +
    line(data, tone(colour, -0.22), width - 2) +
    line(data, tone(colour, 0.3), width * 0.24, 'opacity=".7" transform="translate(-3 -3)"');
  const h = body.height;
  if (shape === 'amphora' && layer === 'back') {
    return [-1, 1]
      .map((side) =>
        tube(
          `M${side * 58} ${num(-h * 0.92)}C${side * 160} ${num(-h * 0.99)} ${side * 178} ${num(-h * 0.76)} ${side * 118} ${num(-h * 0.68)}`,
          21,
        ),
      )
      .join('');
  }
  if (shape === 'pitcher' && layer === 'back')
    return tube(`M76 ${num(-h * 0.94)}C190 ${num(-h * 1)} 214 ${num(-h * 0.6)} 122 ${num(-h * 0.46)}`, 25);
  if (shape === 'cup' && layer === 'back')
    return tube(`M132 ${num(-h * 0.84)}C226 ${num(-h * 0.92)} 222 ${num(-h * 0.28)} 118 ${num(-h * 0.28)}`, 25);
  return '';
};

// Iron freckles of the clay under the glaze.
const speckle = (random: Random, body: Lathe, ground: string): string =>
  Array.from({ length: 90 }, () => {
    const [x, y] = body.at(between(random, -1.5, 1.5), random());
    return fill(
      ellipse(x, y, between(random, 0.5, 1.5), between(random, 0.5, 1.4)),
      tone(ground, -0.55),
      `opacity="${num(between(random, 0.12, 0.4))}"`,
    );
  }).join('');
