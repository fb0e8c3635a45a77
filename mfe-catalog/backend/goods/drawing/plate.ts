import type { PotDecor } from './drawing.ts';
import { steps } from './lathe.ts';
import { tone } from './palette.ts';
import type { Random } from './random.ts';
import { between } from './random.ts';
import type { Point, Sketch } from './svg.ts';
import { ellipse, fill, line, num, pathOf, polar } from './svg.ts';

const centre: Point = [0, 0];
const full = Math.PI * 2;

/** A painted plate seen from above, its middle at (0, 0), 260 units in radius. */
export const drawPlate = (sketch: Sketch, random: Random, decor: PotDecor, colours: readonly string[]): string => {
  const colour = colours[0] ?? '#234a9c';
  const ground = colours[1] ?? '#f4f1e9';
  const accent = colours[2] ?? tone(colour, 0.35);
  const disc = (radius: number, paint: string, extra = ''): string => fill(ellipse(0, 0, radius, radius), paint, extra);
  const hoop = (radius: number, paint: string, width: number, extra = ''): string =>
    line(ellipse(0, 0, radius, radius), paint, width, extra);
  return [
    disc(260, tone(ground, -0.12)),
    disc(257, ground),
    `<g ${sketch.clip(`<path d="${ellipse(0, 0, 257, 257)}"/>`)}>`,
    paintings[decor]?.(colour, accent, random) ?? '',
    '</g>',
    // The well: a slope that is dark where it faces away from the light.
    line(
      ellipse(0, 0, 178, 178),
      sketch.linear(
        [-130, -130],
        [130, 130],
        [
          [0, '#1c0f08', 0.3],
          [0.5, '#1c0f08', 0],
          [1, '#fffaf0', 0.6],
        ],
      ),
      13,
      sketch.blur(5),
    ),
    disc(
      257,
      sketch.linear(
        [-200, -220],
        [210, 220],
        [
          [0, '#fff8ea', 0.28],
          [0.45, '#fff8ea', 0],
          [0.62, '#1c0f08', 0],
          [1, '#1c0f08', 0.26],
        ],
      ),
    ),
    hoop(
      255,
      sketch.linear(
        [-180, -180],
        [180, 180],
        [
          [0, '#ffffff', 0.85],
          [0.5, '#ffffff', 0.1],
          [1, '#1c0f08', 0.35],
        ],
      ),
      5,
    ),
    fill(ellipse(-112, -128, 92, 34), '#fffdf6', `opacity=".3" transform="rotate(-42 -112 -128)" ${sketch.blur(16)}`),
    fill(ellipse(-150, -168, 30, 8), '#ffffff', `opacity=".6" transform="rotate(-42 -150 -168)" ${sketch.blur(4)}`),
  ].join('');
};

type Painting = (colour: string, accent: string, random: Random) => string;

const around = (count: number, draw: (angle: number, index: number) => string): string =>
  steps(0, full, count)
    .slice(0, -1)
    .map((angle, index) => draw(angle - Math.PI / 2, index))
    .join('');

const hoopOf = (radius: number, colour: string, width: number): string =>
  line(ellipse(0, 0, radius, radius), colour, width);

const scallopRim = (colour: string, radius: number, size: number, count: number): string =>
  around(count, (angle) => {
    const arc = (scale: number): Point[] =>
      steps(-1, 1, 12).map((t) =>
        polar(centre, radius - size * scale * Math.sqrt(1 - t * t), angle + (t * scale * Math.PI) / count),
      );
    return (
      fill(pathOf(arc(1)), colour, 'opacity=".22"') +
      line(pathOf(arc(1), false), colour, 4) +
      line(pathOf(arc(0.58), false), colour, 2.4) +
      spot(polar(centre, radius - 7, angle), 3.4, colour)
    );
  });

const spot = ([x, y]: Point, size: number, colour: string): string => fill(ellipse(x, y, size, size), colour);

const petal = (from: number, to: number, width: number, angle: number): string => {
  const side = (sign: 1 | -1): Point[] =>
    steps(0, 1, 10).map((t) =>
      polar(centre, from + (to - from) * t, angle + (sign * width * Math.sin(Math.PI * t)) / (from + (to - from) * t)),
    );
  return pathOf([...side(1), ...side(-1).reverse()]);
};

const starPath = (points: number, outer: number, inner: number, offset = 0): string =>
  pathOf(
    steps(0, full, points * 2)
      .slice(0, -1)
      .map((angle, index) => polar(centre, index % 2 === 0 ? outer : inner, angle - Math.PI / 2 + offset)),
  );

const paintings: Partial<Record<PotDecor, Painting>> = {
  star: (colour, accent) =>
    [
      hoopOf(246, colour, 9),
      hoopOf(234, colour, 2.4),
      scallopRim(colour, 231, 42, 24),
      hoopOf(183, colour, 5),
      hoopOf(174, colour, 2),
      around(
        8,
        (angle) =>
          fill(petal(96, 168, 21, angle + Math.PI / 8), colour, 'opacity=".24"') +
          line(petal(96, 168, 21, angle + Math.PI / 8), colour, 3),
      ),
      fill(starPath(8, 166, 127), colour, 'opacity=".16" fill-rule="evenodd"'),
      line(starPath(8, 166, 90), colour, 4),
      fill(starPath(8, 132, 72), colour),
      fill(starPath(8, 104, 56, Math.PI / 8), tone(accent, 0.55)),
      fill(starPath(8, 70, 38), colour),
      spot(centre, 19, tone(accent, 0.65)),
      spot(centre, 9, colour),
      around(8, (angle) => spot(polar(centre, 152, angle + Math.PI / 8), 5, colour)),
    ].join(''),
  scallops: (colour, accent) =>
    [
      hoopOf(244, colour, 16),
      scallopRim(colour, 234, 50, 18),
      hoopOf(172, colour, 3),
      hoopOf(164, colour, 3),
      around(
        12,
        (angle) =>
          fill(petal(26, 112, 17, angle), colour, 'opacity=".3"') + line(petal(26, 112, 17, angle), colour, 3.2),
      ),
      around(12, (angle) => spot(polar(centre, 128, angle + Math.PI / 12), 5.5, colour)),
      spot(centre, 21, colour),
      spot(centre, 9, tone(accent, 0.6)),
    ].join(''),
  leaves: (colour, accent, random) =>
    [
      hoopOf(250, colour, 4),
      around(
        24,
        (angle) =>
          fill(petal(190, 243, 9, angle), colour, 'opacity=".85"') +
          spot(polar(centre, 206, angle + full / 48), 6, accent),
      ),
      hoopOf(182, colour, 3.4),
      around(6, (angle, index) => {
        const lean = between(random, -0.06, 0.06);
        const stem = steps(0, 1, 20).map((t) => polar(centre, 22 + 142 * t, angle + lean + 0.5 * t * t));
        const leaves = steps(0.25, 0.82, 4).flatMap((t) =>
          [-1, 1].map((side) => {
            const root = polar(centre, 22 + 142 * t, angle + lean + 0.5 * t * t);
            const heading = angle + 0.5 + side * 0.75;
            const size = 40 * (1.1 - 0.5 * t);
            const tip = polar(root, size, heading);
            const bulge = (sign: number): Point => polar(root, size * 0.55, heading + sign * 0.42);
            const [c1, c2] = [bulge(1), bulge(-1)];
            return fill(
              `M${num(root[0])} ${num(root[1])}Q${num(c1[0])} ${num(c1[1])} ${num(tip[0])} ${num(tip[1])}Q${num(c2[0])} ${num(c2[1])} ${num(root[0])} ${num(root[1])}Z`,
              colour,
            );
          }),
        );
        const end = stem.at(-1) ?? centre;
        const flower =
          around(6, (turn) => spot(polar(end, 9, turn), 6, index % 2 === 0 ? accent : tone(colour, -0.2))) +
          spot(end, 5, '#f4f1e9');
        return line(pathOf(stem, false), colour, 4) + leaves.join('') + flower;
      }),
      around(6, (angle) => spot(polar(centre, 22, angle), 9, accent)),
      spot(centre, 12, colour),
    ].join(''),
  zigzag: (colour) =>
    [238, 222, 206, 150, 136]
      .map((radius, index) =>
        line(
          pathOf(
            steps(0, full, 72)
              .slice(0, -1)
              .map((angle, at) => polar(centre, radius + (at % 2 === 0 ? 7 : -7), angle)),
          ),
          colour,
          index < 3 ? 3 : 2.2,
          'opacity=".8"',
        ),
      )
      .join('') +
    [248, 190, 120].map((radius) => hoopOf(radius, colour, 2)).join('') +
    around(8, (angle) => line(petal(20, 112, 18, angle), colour, 2.4, 'opacity=".8"')),
};
