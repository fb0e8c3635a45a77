import type { Lathe } from '../lathe.ts';
import { highlight, ring, steps, turn } from '../lathe.ts';
import { tone } from '../palette.ts';
import { standingShadow } from '../scene.ts';
import { metalSheen } from '../sheen.ts';
import type { Point, Sketch } from '../svg.ts';
import { ellipse, fill, line, pathOf } from '../svg.ts';
import type { VesselShape } from './forms.ts';
import { forms } from './forms.ts';
import { limbs } from './limbs.ts';

/** A turned metal vessel standing on (0, 0). */
export const drawVessel = (sketch: Sketch, shape: VesselShape, colours: readonly string[]): string => {
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
