import type { GlassShape } from '../drawing.ts';
import type { Lathe } from '../lathe.ts';
import { ring, steps } from '../lathe.ts';
import { tone } from '../palette.ts';
import type { Random } from '../random.ts';
import { between } from '../random.ts';
import type { Point, Sketch } from '../svg.ts';
import { ellipse, fill, line, num, pathOf } from '../svg.ts';
import type { Form } from './forms.ts';

const half = Math.PI / 2;

/** Pressed facets: up to the shoulder of a faceted glass, at the foot of the others. */
export const ribs = (sketch: Sketch, body: Lathe, form: Form, shape: GlassShape): string => {
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

/** The thick bottom, dark with a bright edge. */
export const thickBase = (sketch: Sketch, body: Lathe, part: number, colour: string): string => {
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

/** Air caught in blown glass. */
export const bubbles = (random: Random, body: Lathe): string =>
  Array.from({ length: 46 }, () => {
    const [x, y] = body.at(between(random, -1.3, 1.3), between(random, 0.06, 0.95));
    const size = between(random, 0.8, 2.6);
    return fill(ellipse(x, y, size * 0.8, size), '#ffffff', `opacity="${num(between(random, 0.2, 0.55))}"`);
  }).join('');

/** The outline of a strip of the wall between two angles, from `low` to `high` as parts of the height. */
export const meridianStrip = (body: Lathe, from: number, to: number, low: number, high: number): Point[] => [
  ...steps(low, high, 30).map((part) => body.at(from, part)),
  ...steps(high, low, 30).map((part) => body.at(to, part)),
];
