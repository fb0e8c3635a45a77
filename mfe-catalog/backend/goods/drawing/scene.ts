import { mix, tone } from './palette.ts';
import type { Sketch } from './svg.ts';
import { ellipse, fill, num } from './svg.ts';

/** A plaster wall lit from the upper left, without a table: for things seen from above. */
export const wall = (sketch: Sketch, width: number, height: number, colour: string): string =>
  fill(`M0 0H${width}V${height}H0Z`, colour) +
  fill(
    `M0 0H${width}V${height}H0Z`,
    sketch.radial([width * 0.28, height * 0.18], Math.max(width, height) * 0.95, [
      [0, tone(colour, 0.5)],
      [0.45, tone(colour, 0.12)],
      [1, tone(colour, -0.17)],
    ]),
  );

/** A wall and a table top that meet softly at the given height. */
export const table = (sketch: Sketch, width: number, height: number, edge: number, colour: string): string => {
  const top = mix(colour, '#a9825c', 0.22);
  return (
    wall(sketch, width, height, colour) +
    fill(
      `M0 ${edge}H${width}V${height}H0Z`,
      sketch.linear(
        [0, edge],
        [0, height],
        [
          [0, tone(top, -0.09)],
          [0.25, tone(top, 0.08)],
          [1, tone(top, -0.02)],
        ],
      ),
      'opacity=".8"',
    ) +
    fill(
      `M0 ${edge - 26}H${width}V${edge + 4}H0Z`,
      sketch.linear(
        [0, edge - 26],
        [0, edge + 4],
        [
          [0, '#3a2415', 0],
          [0.86, '#3a2415', 0.1],
          [1, '#3a2415', 0],
        ],
      ),
    )
  );
};

/**
 * The shadow of a thing that stands on (x, y): dark and narrow under the foot, long and soft to the right.
 * `foot` and `widest` are half widths; `depth` is how deep the foot is, half the height of its ellipse on the table.
 */
export const standingShadow = (sketch: Sketch, foot: number, widest: number, depth: number, strength = 1): string =>
  fill(
    ellipse(widest * 0.6, depth * 0.3, widest * 1.12, depth * 0.8 + 15),
    '#3a2012',
    `opacity="${num(0.3 * strength)}" ${sketch.blur(19)}`,
  ) +
  fill(
    ellipse(foot * 0.14, depth * 0.3, foot * 1.06, depth * 0.85 + 5),
    '#2a150b',
    `opacity="${num(0.5 * strength)}" ${sketch.blur(8)}`,
  ) +
  fill(
    ellipse(1, depth * 0.12, foot * 0.98, depth + 2.5),
    '#1c0d06',
    `opacity="${num(0.65 * strength)}" ${sketch.blur(2.5)}`,
  );

/** The shadow of a flat thing with the given outline, lying or hanging, offset to the lower right. */
export const flatShadow = (sketch: Sketch, outline: string, depth: number): string =>
  fill(outline, '#3a2012', `opacity=".34" transform="translate(${depth * 1.1} ${depth * 1.5})" ${sketch.blur(depth)}`) +
  fill(
    outline,
    '#2a150b',
    `opacity=".42" transform="translate(${num(depth * 0.25)} ${num(depth * 0.35)})" ${sketch.blur(depth * 0.25)}`,
  );
