import type { LanternShape } from '../drawing.ts';
import type { Lathe } from '../lathe.ts';
import { steps } from '../lathe.ts';
import { mix } from '../palette.ts';
import type { Random } from '../random.ts';
import { between } from '../random.ts';
import type { Point, Sketch } from '../svg.ts';
import { ellipse, fill, num, pathOf, polar } from '../svg.ts';
import type { Form } from './forms.ts';

const half = Math.PI / 2;

/** Holes in rings over the skin: stars and the drops between them, bright in the middle and amber at the outline. */
export const piercings = (
  sketch: Sketch,
  random: Random,
  body: Lathe,
  form: Form,
  low: number,
  high: number,
  light: string,
  shape: LanternShape,
  band: number,
): string => {
  const span = high - low;
  const { rows } = form;
  const unit = (span * body.height) / rows;
  const holes: string[] = [];
  const bloom: string[] = [];
  for (let row = 0; row < rows; row++) {
    const part = low + (span * (row + 0.5)) / rows;
    const r = body.radius(part);
    for (let column = 0; column <= form.columns; column++) {
      const angle = -half + ((column + (row % 2) * 0.5) * Math.PI) / form.columns;
      if (Math.abs(angle) > 1.5) continue;
      const [x, y] = body.at(angle, part);
      const squeeze = Math.cos(angle);
      const size = Math.min(unit * 0.46, ((r * Math.PI) / form.columns) * 0.48);
      const middle = Math.exp(-(angle * angle) / 0.9 - ((part - 0.45) * (part - 0.45)) / 0.16);
      const paint = mix(mix(light, '#7a3a10', 0.15), '#fff4d2', 0.25 + 0.75 * middle);
      const outline = motif(shape, row + band, size * between(random, 0.94, 1.04)).map(([dx, dy]): Point => [
        x + dx * squeeze,
        y + dy,
      ]);
      holes.push(fill(pathOf(outline), paint));
      const pin = body.at(angle + half / form.columns, part);
      if (Math.abs(angle) < 1.4) holes.push(fill(ellipse(pin[0], pin[1], size * 0.17 * squeeze, size * 0.17), paint));
      if (middle > 0.2)
        bloom.push(fill(ellipse(x, y, size * squeeze, size), '#ffdf9e', `opacity="${num(middle * 0.7)}"`));
    }
  }
  return holes.join('') + `<g ${sketch.blur(9)}>${bloom.join('')}</g>`;
};

const motif = (shape: LanternShape, row: number, size: number): Point[] => {
  const starOf = (points: number, inner: number): Point[] =>
    steps(0, Math.PI * 2, points * 2)
      .slice(0, -1)
      .map((angle, index) => polar([0, 0], index % 2 === 0 ? size : size * inner, angle - half));
  if (shape === 'onion')
    return [
      [0, -size],
      [size * 0.6, 0],
      [0, size],
      [-size * 0.6, 0],
    ];
  if (shape === 'teardrop')
    return row % 3 === 1
      ? starOf(4, 0.42)
      : steps(0, Math.PI * 2, 14)
          .slice(0, -1)
          .map((angle) => polar([0, 0], size * 0.52, angle));
  if (shape === 'globe') return row % 2 === 0 ? starOf(8, 0.52) : starOf(4, 0.36);
  if (shape === 'dome') return row % 2 === 0 ? starOf(6, 0.5) : starOf(4, 0.4);
  return row % 2 === 0 ? starOf(8, 0.62) : starOf(4, 0.5);
};
