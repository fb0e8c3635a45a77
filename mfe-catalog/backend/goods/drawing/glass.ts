import type { GlassDecor, GlassShape } from './drawing.ts';
import { forms } from './glass/forms.ts';
import { goldWork } from './glass/gold.ts';
import { bubbles, meridianStrip, ribs, thickBase } from './glass/relief.ts';
import type { Lathe } from './lathe.ts';
import { steps, turn } from './lathe.ts';
import { tone } from './palette.ts';
import type { Random } from './random.ts';
import { standingShadow } from './scene.ts';
import type { Point, Sketch } from './svg.ts';
import { ellipse, fill, line, pathOf } from './svg.ts';

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

// Light that the glass gathers on the table.
const caustic = (sketch: Sketch, body: Lathe, colour: string, clear: boolean): string =>
  fill(
    ellipse(body.widest * 0.95, 14, body.widest * 0.75, 18),
    colour,
    `opacity="${clear ? 0.5 : 0.75}" ${sketch.blur(11)}`,
  ) + fill(ellipse(body.widest * 0.9, 13, body.widest * 0.34, 6), '#fffaf0', `opacity=".65" ${sketch.blur(5)}`);
