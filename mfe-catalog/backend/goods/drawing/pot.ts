import type { PotDecor } from './drawing.ts';
import type { Lathe } from './lathe.ts';
import { highlight, lighting, ring, turn } from './lathe.ts';
import { paintDecor } from './painted.ts';
import { tone } from './palette.ts';
import type { TurnedShape } from './pot/forms.ts';
import { forms } from './pot/forms.ts';
import { handles } from './pot/handles.ts';
import type { Random } from './random.ts';
import { between } from './random.ts';
import { standingShadow } from './scene.ts';
import type { Sketch } from './svg.ts';
import { ellipse, fill, line, num } from './svg.ts';

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

// The open rim with the shaded inner wall.
const mouth = (sketch: Sketch, body: Lathe, ground: string): string => {
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
