import { lighting, ring, steps, turn } from '../lathe.ts';
import { tone } from '../palette.ts';
import { between } from '../random.ts';
import { standingShadow } from '../scene.ts';
import type { Point } from '../svg.ts';
import { ellipse, fill, line, pathOf, polar } from '../svg.ts';
import type { Maker } from './maker.ts';

/** A leather pouf, stitched; it is not woven. */
export const drawPouf: Maker = (sketch, random, _weave, colours) => {
  const base = colours[0] ?? '#b78c5c';
  const thread = colours[1] ?? '#f1e9d8';
  const body = turn(230, 0.3, [
    [0, 170],
    [0.08, 210],
    [0.4, 246],
    [0.72, 236],
    [0.93, 190],
    [1, 150],
  ]);
  const top: Point = [0, -230];
  const tilt = 0.3;
  const onTop = (radius: number, angle: number): Point => [
    radius * Math.cos(angle),
    top[1] + radius * tilt * Math.sin(angle) + (150 - radius) * -0.12,
  ];
  const around = steps(0, Math.PI * 2, 12).slice(0, -1);
  const petals = around.map((angle) => {
    const side = (sign: 1 | -1): Point[] =>
      steps(0, 1, 10).map((t) => onTop(20 + 112 * t, angle + sign * 0.24 * Math.sin(Math.PI * t)));
    const outline = pathOf([...side(1), ...side(-1).reverse()]);
    return (
      fill(outline, tone(base, -0.16), 'opacity=".7"') +
      line(outline, thread, 2, 'stroke-dasharray="5 3.4" opacity=".9"')
    );
  });
  const seams = steps(-1.42, 1.42, 9).map((angle) => {
    const seam = pathOf(
      steps(0.02, 0.99, 30).map((part) => body.at(angle, part)),
      false,
    );
    return (
      line(seam, tone(base, -0.55), 3.4, 'opacity=".6"') +
      line(seam, tone(base, 0.4), 1.8, 'opacity=".5" transform="translate(-3 0)"') +
      line(seam, thread, 1.8, 'stroke-dasharray="6 4" opacity=".75" transform="translate(5 0)"')
    );
  });
  return [
    standingShadow(sketch, 172, 220, 50, 0.9),
    fill(body.outline, base),
    `<g ${sketch.clip(`<path d="${body.outline}"/>`)}>`,
    ...Array.from({ length: 160 }, () => {
      const [x, y] = body.at(between(random, -1.5, 1.5), random());
      return fill(
        ellipse(x, y, between(random, 2, 12), between(random, 1, 5)),
        tone(base, between(random, -0.3, 0.2)),
        'opacity=".16"',
      );
    }),
    ...seams,
    ring(body, 0.5, tone(base, -0.5), 2.6, 'opacity=".4"'),
    lighting(sketch, body, 1.1),
    '</g>',
    fill(ellipse(0, top[1], 150, 150 * tilt), tone(base, 0.1)),
    fill(
      ellipse(0, top[1] - 6, 150, 150 * tilt),
      sketch.linear(
        [-150, top[1] - 50],
        [150, top[1] + 50],
        [
          [0, tone(base, 0.3)],
          [0.6, tone(base, 0.04)],
          [1, tone(base, -0.25)],
        ],
      ),
    ),
    ...petals,
    line(ellipse(0, top[1] - 6, 146, 146 * tilt), thread, 2.2, 'stroke-dasharray="6 4" opacity=".8"'),
    fill(ellipse(...polar([0, top[1] - 17], 0, 0), 15, 6), tone(base, -0.25)),
  ].join('');
};
