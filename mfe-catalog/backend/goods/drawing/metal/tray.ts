import { steps } from '../lathe.ts';
import { tone } from '../palette.ts';
import type { Point, Sketch } from '../svg.ts';
import { ellipse, fill, line, pathOf, polar } from '../svg.ts';

const full = Math.PI * 2;
const centre: Point = [0, 0];

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
