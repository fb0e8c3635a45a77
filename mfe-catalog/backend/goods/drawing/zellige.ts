import type { ZelligeShape } from './drawing.ts';
import { tone } from './palette.ts';
import type { Random } from './random.ts';
import { between } from './random.ts';
import { flatShadow } from './scene.ts';
import type { Point, Sketch } from './svg.ts';
import { ellipse, fill, line, pathOf } from './svg.ts';
import type { Area, Tile } from './tiling/grid.ts';
import { layTiles } from './tiling.ts';

/** A panel of laid tiles, its corner at (0, 0), `side` setting the scale of the pattern; `alone` adds a shadow. */
export const drawTiles = (
  sketch: Sketch,
  random: Random,
  shape: ZelligeShape,
  colours: readonly string[],
  area: Area,
  alone = true,
): string => {
  const { width, height } = area;
  const edge = `M0 0H${width}V${height}H0Z`;
  const visible = layTiles(shape, area).filter(({ points }) =>
    points.some(([x, y]) => x > -1 && y > -1 && x < width + 1 && y < height + 1),
  );
  return [
    alone ? flatShadow(sketch, edge, 17) : '',
    `<g ${sketch.clip(`<path d="${edge}"/>`)}>`,
    fill(edge, '#d6c4a6'),
    ...visible.map((tile) => glazed(random, tile, colours)),
    // One broad reflection of a window over the whole panel.
    fill(
      edge,
      sketch.linear(
        [0, 0],
        [width, height],
        [
          [0, '#fffaf0', 0.24],
          [0.32, '#fffaf0', 0.02],
          [0.46, '#fffaf0', 0.13],
          [0.58, '#fffaf0', 0],
          [1, '#1c0f08', 0.2],
        ],
      ),
    ),
    '</g>',
    alone ? line(edge, '#fff6e2', 2, 'opacity=".35"') : '',
  ].join('');
};

// A tile: clay rim, glaze in its own shade, light on the edges that face up left, shade on the others, a glint.
const glazed = (random: Random, { points, colour }: Tile, colours: readonly string[]): string => {
  const base = colours[colour % colours.length] ?? '#ece2cd';
  const shade = between(random, -0.15, 0.15) + (random() < 0.12 ? between(random, -0.12, 0.12) : 0);
  const glaze = tone(base, shade);
  const body = inset(points, 1.7);
  const [cx, cy] = middleOf(points);
  const reach = Math.sqrt(Math.abs(areaOf(points)));
  const data = pathOf(
    body.map(([x, y]): Point => [x + between(random, -0.55, 0.55), y + between(random, -0.55, 0.55)]),
  );
  const glintX = cx - reach * between(random, 0.08, 0.24);
  const glintY = cy - reach * between(random, 0.14, 0.26);
  const pool = ellipse(
    cx + between(random, -0.14, 0.14) * reach,
    cy + between(random, -0.14, 0.14) * reach,
    reach * 0.3,
    reach * 0.22,
  );
  return [
    fill(data, tone(glaze, -0.05), `stroke="${tone(base, -0.42)}" stroke-width="1.1"`),
    reach > 26 ? fill(pool, tone(glaze, random() < 0.6 ? 0.16 : -0.14), 'opacity=".2"') : '',
    ...bevels(body),
    reach > 20
      ? fill(
          ellipse(glintX, glintY, reach * between(random, 0.05, 0.085), reach * 0.034),
          '#fffdf6',
          `opacity="${random() < 0.5 ? 0.5 : 0.22}" transform="rotate(-35 ${Math.round(glintX)} ${Math.round(glintY)})"`,
        )
      : '',
  ].join('');
};

const bevels = (points: readonly Point[]): string[] => {
  const turning = Math.sign(areaOf(points)) || 1;
  const lit: string[] = [];
  const dark: string[] = [];
  points.forEach((from, index) => {
    const to = points[(index + 1) % points.length] ?? from;
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
    const facing = ((to[1] - from[1]) * -0.6 + (to[0] - from[0]) * 0.8) / length;
    const shift = 1.1 / length;
    const nx = -(to[1] - from[1]) * shift * turning;
    const ny = (to[0] - from[0]) * shift * turning;
    const data = pathOf(
      [
        [from[0] + nx, from[1] + ny],
        [to[0] + nx, to[1] + ny],
      ],
      false,
    );
    (facing * turning > 0 ? lit : dark).push(data);
  });
  return [
    line(lit.join(''), '#fffaf0', 1.7, 'opacity=".42"'),
    line(dark.join(''), '#1c0f08', 2, 'opacity=".3"'),
  ].filter((text) => !text.includes('d=""'));
};

const areaOf = (points: readonly Point[]): number =>
  points.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = points[(index + 1) % points.length] ?? [x, y];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);

const middleOf = (points: readonly Point[]): Point => [
  points.reduce((sum, [x]) => sum + x, 0) / points.length,
  points.reduce((sum, [, y]) => sum + y, 0) / points.length,
];

// Moves every edge inwards; corners move along the bisector, sharp ones not further than three times the distance.
const inset = (points: readonly Point[], distance: number): Point[] => {
  const turning = Math.sign(areaOf(points)) || 1;
  return points.map((point, index) => {
    const before = points[(index + points.length - 1) % points.length] ?? point;
    const after = points[(index + 1) % points.length] ?? point;
    const normal = (from: Point, to: Point): Point => {
      const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
      return [(-(to[1] - from[1]) / length) * turning, ((to[0] - from[0]) / length) * turning];
    };
    const [ax, ay] = normal(before, point);
    const [bx, by] = normal(point, after);
    const scale = distance / Math.max(0.33, 1 + ax * bx + ay * by);
    return [point[0] + (ax + bx) * scale, point[1] + (ay + by) * scale];
  });
};
