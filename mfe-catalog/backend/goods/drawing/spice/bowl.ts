import type { SpiceShape } from '../drawing.ts';
import { highlight, lighting, ring, steps, turn } from '../lathe.ts';
import { tone } from '../palette.ts';
import type { Random } from '../random.ts';
import { between, pick } from '../random.ts';
import { standingShadow } from '../scene.ts';
import type { Point, Sketch } from '../svg.ts';
import { ellipse, fill, line, pathOf } from '../svg.ts';
import { grains } from './grains.ts';

/** A clay bowl heaped with pieces. */
export const drawBowl = (sketch: Sketch, random: Random, shape: SpiceShape, colours: readonly string[]): string => {
  const clay = pick(random, ['#e9dfca', '#5b7a76', '#b9603f', '#2f4a77', '#d9c7a6', '#6d4a34']);
  const tilt = 0.42;
  const body = turn(190, tilt, [
    [0, 96],
    [0.08, 104],
    [0.4, 178],
    [0.75, 218],
    [1, 232],
  ]);
  const top = -190;
  const rim = 232;
  const heapRadius = 214;
  const rise = 74;
  const grain = grains[shape];
  // Back to front, so that nearer pieces cover those behind.
  const pieces = Array.from({ length: grain.count }, () => {
    const r = 0.97 * Math.sqrt(random());
    const angle = random() * Math.PI * 2;
    const x = heapRadius * r * Math.cos(angle);
    const depth = heapRadius * r * Math.sin(angle);
    return { x, depth, y: top + depth * tilt - rise * (1 - r * r), shade: -0.1 * (x / heapRadius) - 0.12 * r - 0.05 };
  }).sort((a, b) => a.depth - b.depth);
  return [
    standingShadow(sketch, 96, 190, 40, 0.9),
    fill(
      body.outline,
      sketch.linear(
        [0, -190],
        [0, 90],
        [
          [0, tone(clay, 0.06)],
          [1, tone(clay, -0.08)],
        ],
      ),
    ),
    `<g ${sketch.clip(`<path d="${body.outline}"/>`)}>`,
    ring(body, 0.84, tone(clay, -0.4), 3, 'opacity=".5"'),
    ring(body, 0.8, tone(clay, 0.35), 2, 'opacity=".5"'),
    lighting(sketch, body),
    highlight(sketch, body, 0.35, 0.8, 26, 0.42),
    '</g>',
    fill(ellipse(0, top, rim, rim * tilt), tone(clay, 0.28)),
    fill(ellipse(0, top + 1, rim - 8, (rim - 8) * tilt), tone(clay, -0.5)),
    fill(
      pathOf(
        steps(0, Math.PI * 2, 60).map((angle): Point => [
          heapRadius * Math.cos(angle),
          top +
            heapRadius * tilt * Math.sin(angle) -
            (Math.sin(angle) < 0 ? rise * (1 - Math.cos(angle) ** 2) ** 0.9 * 0.35 : 0),
        ]),
      ),
      tone(colours[0] ?? '#888888', -0.55),
    ),
    ...pieces.map(({ x, y, shade }) =>
      grain.draw(
        random,
        x,
        y,
        tone(pick(random, [colours[0] ?? '#888888', ...colours]), shade + between(random, -0.14, 0.14)),
      ),
    ),
    fill(ellipse(70, top - 14, 150, 66), '#1c0f08', `opacity=".2" ${sketch.blur(30)}`),
    fill(ellipse(-76, top - 52, 84, 30), '#fff8e6', `opacity=".2" ${sketch.blur(20)}`),
    // The front lip lies over the foot of the heap.
    line(
      pathOf(
        steps(0.02, Math.PI - 0.02, 40).map((angle): Point => [
          (rim - 4) * Math.cos(angle),
          top + (rim - 4) * tilt * Math.sin(angle),
        ]),
        false,
      ),
      tone(clay, 0.22),
      8,
    ),
    line(
      pathOf(
        steps(0.02, Math.PI - 0.02, 40).map((angle): Point => [
          (rim - 4) * Math.cos(angle),
          top - 2 + (rim - 4) * tilt * Math.sin(angle),
        ]),
        false,
      ),
      tone(clay, 0.6),
      2,
      'opacity=".7"',
    ),
  ].join('');
};
