import type { Point, Sketch } from './svg.ts';
import { fill, line, num, pathOf } from './svg.ts';

/** A turned body: its radius over its height, seen slightly from above. The middle of its foot is at (0, 0). */
export type Lathe = {
  readonly height: number;
  /** How far the eye looks down into round openings: 0 = from the side, 1 = from straight above. */
  readonly tilt: number;
  /** Radius at a part of the height, 0 at the foot and 1 at the rim. */
  readonly radius: (part: number) => number;
  /** The point on the skin at an angle (0 = facing us, ±π/2 = the outline) and a part of the height. */
  readonly at: (angle: number, part: number) => Point;
  /** The whole body as path data. */
  readonly outline: string;
  readonly widest: number;
};

const half = Math.PI / 2;

/** Turns a body from knots of (part of the height, radius in units), joined by a smooth curve. */
export const turn = (height: number, tilt: number, knots: readonly Point[]): Lathe => {
  const radius = (part: number): number => smooth(knots, part);
  const at: Lathe['at'] = (angle, part) => {
    const r = radius(part);
    return [r * Math.sin(angle), -height * part + r * tilt * (Math.cos(angle) - 0.001)];
  };
  const parts = steps(0, 1, 90);
  const left = parts.map((part): Point => [-radius(part), -height * part]);
  const right = [...parts].reverse().map((part): Point => [radius(part), -height * part]);
  const rim = steps(-half, half, 24).map((angle): Point => [
    radius(1) * Math.sin(angle),
    -height - radius(1) * tilt * Math.cos(angle),
  ]);
  const foot = steps(half, -half, 24).map((angle) => at(angle, 0));
  return {
    height,
    tilt,
    radius,
    at,
    outline: pathOf([...left, ...rim, ...right, ...foot]),
    widest: Math.max(...parts.map(radius)),
  };
};

/** Numbers from one bound to the other, both included. */
export const steps = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count + 1 }, (_, index) => from + ((to - from) * index) / count);

/** The part of the skin between two heights as path data; bounds may depend on the angle. */
export const belt = (body: Lathe, low: (angle: number) => number, high: (angle: number) => number): string => {
  const angles = steps(-half, half, 140);
  const side = (angle: number, from: number, to: number): Point[] =>
    steps(from, to, 30).map((part) => body.at(angle, part));
  return pathOf([
    ...angles.map((angle) => body.at(angle, low(angle))),
    ...side(half, low(half), high(half)),
    ...[...angles].reverse().map((angle) => body.at(angle, high(angle))),
    ...side(-half, high(-half), low(-half)),
  ]);
};

/** A line around the front at one height. */
export const ring = (body: Lathe, part: number, colour: string, width: number, extra = ''): string =>
  line(
    pathOf(
      steps(-half, half, 40).map((angle) => body.at(angle, part)),
      false,
    ),
    colour,
    width,
    extra,
  );

/**
 * Light from the upper left over the body: shade grows towards the right, a little towards the left,
 * where the skin looks down it is darker and where it looks up lighter. `strength` is 1 for clay.
 */
export const lighting = (sketch: Sketch, body: Lathe, strength = 1): string => {
  const slice = (angle: number, towards: 1 | -1): string =>
    pathOf([
      ...steps(0, 1, 60).map((part): Point => [body.radius(part) * Math.sin(angle), -body.height * part]),
      ...steps(1, 0, 60).map((part): Point => [towards * (body.radius(part) + 4), -body.height * part]),
      [towards * (body.radius(0) + 4), body.radius(0) * body.tilt + 6],
      [body.radius(0) * Math.sin(angle), body.radius(0) * body.tilt + 6],
    ]);
  const peak = -0.62;
  const right = steps(peak + 0.25, half, 34).map((angle) =>
    fill(slice(angle, 1), '#3a2010', `opacity="${num(0.029 * strength)}"`),
  );
  const left = steps(peak - 0.1, -half, 14).map((angle) =>
    fill(slice(angle, -1), '#3a2010', `opacity="${num(0.024 * strength)}"`),
  );
  const bounce = steps(1.32, half, 5).map((angle) =>
    fill(slice(angle, 1), '#ffe9cf', `opacity="${num(0.035 * strength)}"`),
  );
  const slopes = steps(0, 1, 40).map((part) => {
    const slope =
      (body.radius(Math.min(1, part + 0.02)) - body.radius(Math.max(0, part - 0.02))) / (0.04 * body.height);
    const look = -slope / Math.hypot(1, slope);
    return [
      1 - part,
      look > 0 ? '#fff6e4' : '#2e190c',
      Math.min(0.42, Math.abs(look) * (look > 0 ? 0.3 : 0.42)) * strength,
    ] as const;
  });
  const vertical = sketch.linear([0, -body.height], [0, 0], [...slopes].reverse());
  return [...right, ...left, ...bounce, fill(body.outline, vertical)].join('');
};

/** A soft streak of reflected window light along the upper left. */
export const highlight = (
  sketch: Sketch,
  body: Lathe,
  low: number,
  high: number,
  width: number,
  opacity: number,
): string => {
  const streak = pathOf([
    ...steps(low, high, 24).map((part) => body.at(-0.72, part)),
    ...steps(high, low, 24).map((part) => {
      const across = Math.sin(((part - low) / (high - low)) * Math.PI);
      const [x, y] = body.at(-0.72, part);
      return [x + width * across, y] as const;
    }),
  ]);
  return fill(streak, '#fffaf0', `opacity="${num(opacity)}" ${sketch.blur(width * 0.22)}`);
};

// Monotone cubic through the knots, so that a bulge never overshoots its widest knot.
const smooth = (knots: readonly Point[], part: number): number => {
  const last = knots.length - 1;
  const clamped = Math.max(0, Math.min(1, part));
  let index = 0;
  while (index < last - 1 && clamped > (knots[index + 1]?.[0] ?? 1)) index++;
  const [x0, y0] = knots[index] ?? [0, 0];
  const [x1, y1] = knots[index + 1] ?? [1, y0];
  const before = knots[index - 1];
  const after = knots[index + 2];
  const middle = (y1 - y0) / (x1 - x0);
  const limit = (neighbour: number): number =>
    neighbour * middle <= 0 ? 0 : (2 * neighbour * middle) / (neighbour + middle);
  const start = before ? limit((y0 - before[1]) / (x0 - before[0])) : middle;
  const end = after ? limit((after[1] - y1) / (after[0] - x1)) : middle;
  const width = x1 - x0;
  const t = (clamped - x0) / width;
  return (
    y0 * (1 + 2 * t) * (1 - t) ** 2 +
    start * width * t * (1 - t) ** 2 +
    y1 * t * t * (3 - 2 * t) +
    end * width * t * t * (t - 1)
  );
};
