import type { Lathe } from './lathe.ts';
import { belt, ring, steps } from './lathe.ts';
import type { PotDecor } from './drawing.ts';
import { tone } from './palette.ts';
import type { Random } from './random.ts';
import { between, createWander } from './random.ts';
import type { Point } from './svg.ts';
import { ellipse, fill, line, num, pathOf } from './svg.ts';

/** Where the painted zone of a body begins and ends, as parts of its height. */
export type Zone = { readonly low: number; readonly high: number };

type Brush = { body: Lathe; zone: Zone; colour: string; accent: string; random: Random };

const half = Math.PI / 2;

/** Paints a decor on the skin of a turned body. */
export const paintDecor = (decor: PotDecor, brush: Brush): string => decors[decor](brush);

const decors: Record<PotDecor, (brush: Brush) => string> = {
  plain: () => '',
  star: (brush) => decors.lattice(brush),
  drip: ({ body, zone, colour, random }) => {
    const wander = createWander(random);
    const fine = createWander(random);
    const edge = (angle: number): number => {
      const run = Math.max(0, fine(angle * 3.1 + 9)) ** 1.6;
      return zone.low + (zone.high - zone.low) * (0.2 + 0.07 * wander(angle * 1.3 + 20) - 0.22 * run);
    };
    return [
      fill(
        belt(
          body,
          (angle) => edge(angle) - 0.012,
          () => 1,
        ),
        tone(colour, -0.38),
      ),
      fill(
        belt(body, edge, () => 1),
        colour,
      ),
      fill(
        belt(
          body,
          (angle) => edge(angle) + 0.03,
          (angle) => edge(angle) + 0.05,
        ),
        tone(colour, -0.3),
        'opacity=".25"',
      ),
      fill(
        belt(
          body,
          () => 0.955,
          () => 1,
        ),
        tone(colour, 0.35),
        'opacity=".45"',
      ),
    ].join('');
  },
  bands: ({ body, zone, colour, accent }) => {
    const span = zone.high - zone.low;
    const band = (from: number, to: number, paint: string): string =>
      fill(
        belt(
          body,
          () => zone.low + span * from,
          () => zone.low + span * to,
        ),
        paint,
      );
    return [
      band(0.12, 0.15, colour),
      band(0.24, 0.46, colour),
      band(0.325, 0.375, accent),
      band(0.53, 0.555, colour),
      band(0.62, 0.64, colour),
      band(0.8, 0.9, colour),
    ].join('');
  },
  zigzag: ({ body, zone, colour, random }) => {
    const span = zone.high - zone.low;
    const row = (base: number, height: number, width: number): string => {
      const points = steps(-half, half, 20).map((angle, index) =>
        body.at(angle, zone.low + span * (base + (index % 2) * height + between(random, -0.006, 0.006))),
      );
      return line(pathOf(points, false), colour, width);
    };
    const rule = (at: number): string => ring(body, zone.low + span * at, colour, 3);
    return [
      row(0.3, 0.26, 10),
      row(0.43, 0.26, 3.2),
      row(0.18, 0.26, 3.2),
      rule(0.08),
      rule(0.12),
      rule(0.82),
      rule(0.86),
    ].join('');
  },
  scallops: ({ body, zone, colour }) => {
    const span = zone.high - zone.low;
    const rows = [0.16, 0.42, 0.68];
    const arcs = rows.flatMap((base, row) =>
      steps(-half - 0.3, half + 0.3, 12).map((centre) => {
        const middle = centre + (row % 2) * 0.14;
        const arc = (size: number): Point[] =>
          steps(-1, 1, 12).map((t) =>
            body.at(clampAngle(middle + t * 0.15 * size), zone.low + span * (base + 0.2 * size * Math.sqrt(1 - t * t))),
          );
        return (
          fill(pathOf(arc(1)), colour, 'opacity=".3"') +
          line(pathOf(arc(1), false), colour, 4) +
          line(pathOf(arc(0.55), false), colour, 2.4) +
          dot(body, clampAngle(middle), zone.low + span * (base + 0.03), 3.2, colour)
        );
      }),
    );
    const rules = [0.08, 0.12, 0.93].map((at) => ring(body, zone.low + span * at, colour, 4));
    return [...arcs, ...rules].join('');
  },
  lattice: ({ body, zone, colour, accent }) => {
    const span = zone.high - zone.low;
    const turnBy = 0.62;
    const low = 0.14;
    const high = 0.86;
    const strand = (start: number, direction: number): string =>
      line(
        pathOf(
          steps(0, 1, 24)
            .map((t) => [start + direction * t * turnBy * 2, low + (high - low) * t] as const)
            .filter(([angle]) => Math.abs(angle) <= half)
            .map(([angle, part]) => body.at(angle, zone.low + span * part)),
          false,
        ),
        colour,
        3.4,
      );
    const starts = steps(-half - 1.24, half + 1.24, 18);
    const flowers = starts.flatMap((start) =>
      [0.25, 0.5, 0.75].map((level) => {
        const shifted = start + (level === 0.5 ? 0 : 0.155);
        return Math.abs(shifted) < half - 0.05
          ? dot(body, shifted, zone.low + span * (low + (high - low) * level), 4.2, accent)
          : '';
      }),
    );
    const rules = [0.06, 0.1, 0.9, 0.94].map((at) => ring(body, zone.low + span * at, colour, 3.4));
    return [
      ...starts.map((start) => strand(start, 1)),
      ...starts.map((start) => strand(start, -1)),
      ...flowers,
      ...rules,
    ].join('');
  },
  dots: ({ body, zone, colour, random }) => {
    const span = zone.high - zone.low;
    return steps(0.06, 0.95, 9)
      .flatMap((level, row) =>
        steps(-half, half, 22).map((angle) =>
          dot(
            body,
            clampAngle(angle + (row % 2) * 0.071),
            zone.low + span * (level + between(random, -0.004, 0.004)),
            3 + 3.4 * level,
            colour,
          ),
        ),
      )
      .join('');
  },
  leaves: ({ body, zone, colour, accent, random }) => {
    const span = zone.high - zone.low;
    const stems = steps(-1.25, 1.25, 5).map((angle) => {
      const lean = between(random, -0.05, 0.05);
      const at = (t: number, aside = 0): Point =>
        body.at(clampAngle(angle + lean * t + aside), zone.low + span * (0.04 + 0.9 * t));
      const leaf = (t: number, side: 1 | -1): string => {
        const size = 0.2 * (1 - 0.5 * t);
        const upper = steps(0, 1, 8).map((s) => at(t + 0.1 * s + 0.03 * Math.sin(s * Math.PI), side * size * s));
        const lower = steps(1, 0, 8).map((s) => at(t + 0.1 * s - 0.035 * Math.sin(s * Math.PI), side * size * s));
        return fill(pathOf([...upper, ...lower]), colour, `opacity="${num(0.95 - 0.3 * t)}"`);
      };
      const leaves = steps(0.08, 0.78, 5).flatMap((t, index) => [
        leaf(t, 1),
        leaf(t + 0.06, -1),
        index === 5 ? '' : '',
      ]);
      return (
        line(
          pathOf(
            steps(0, 0.95, 20).map((t) => at(t)),
            false,
          ),
          tone(colour, -0.2),
          2.4,
        ) +
        leaves.join('') +
        bud(at(0.97), accent)
      );
    });
    return stems.join('') + [0.0, 1].map((at) => ring(body, zone.low + span * at, colour, 3)).join('');
  },
};

const bud = ([x, y]: Point, colour: string): string => fill(ellipse(x, y, 5, 6), colour);

const clampAngle = (angle: number): number => Math.max(-half, Math.min(half, angle));

// A round dot on the skin is narrowed where the skin turns away.
const dot = (body: Lathe, angle: number, part: number, size: number, colour: string): string => {
  const [x, y] = body.at(angle, part);
  return fill(ellipse(x, y, Math.max(0.3, size * Math.cos(angle)), size), colour);
};
