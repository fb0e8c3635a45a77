import type { GlassDecor } from '../drawing.ts';
import type { Lathe } from '../lathe.ts';
import { belt, ring, steps } from '../lathe.ts';
import { ellipse, fill, line, pathOf } from '../svg.ts';
import type { Form } from './forms.ts';

type GoldWork = (body: Lathe, form: Form, gold: string) => string;

const half = Math.PI / 2;

/** The gilding by ornament, painted on the front of the glass. */
export const goldWork: Record<GlassDecor, GoldWork> = {
  plain: () => '',
  bands: (body, form, gold) => {
    const middle = (form.low + form.high) / 2;
    return (
      rules(body, form, gold) +
      fill(
        belt(
          body,
          () => middle - 0.03,
          () => middle + 0.03,
        ),
        gold,
      ) +
      ring(body, middle + 0.055, gold, 2) +
      ring(body, middle - 0.055, gold, 2)
    );
  },
  arches: (body, form, gold) => {
    const span = form.high - form.low;
    const arch = (centre: number, scale: number): string => {
      const w = 0.235 * scale;
      const left = steps(0, 0.5, 6).map((t) => body.at(centre - w * 0.72, form.low + span * t * 0.98 * scale));
      const curve = steps(-1, 1, 20).map((t) =>
        body.at(
          centre + w * Math.sin((t * Math.PI) / 2) * (Math.abs(t) > 0.8 ? 0.92 : 1),
          form.low + span * scale * (0.52 + 0.4 * Math.cos((t * Math.PI) / 2) ** 0.9),
        ),
      );
      const right = steps(0.5, 0, 6).map((t) => body.at(centre + w * 0.72, form.low + span * t * 0.98 * scale));
      return line(pathOf([...left, ...curve, ...right], false), gold, scale === 1 ? 4.6 : 2.4);
    };
    return (
      rules(body, form, gold) +
      visible(steps(-1.56, 1.56, 6))
        .map(
          (angle) =>
            arch(angle, 1) +
            arch(angle, 0.72) +
            spot(body, angle, form.low + span * 0.3, 6, gold) +
            spot(body, angle, form.low + span * 0.46, 4, gold) +
            spot(body, angle + 0.26, form.low + span * 0.86, 4.6, gold),
        )
        .join('')
    );
  },
  lattice: (body, form, gold) => {
    const span = form.high - form.low;
    const strand = (start: number, direction: number): string =>
      line(
        pathOf(
          steps(0, 1, 24)
            .map((t) => [start + direction * t * 1.05, t] as const)
            .filter(([angle]) => Math.abs(angle) < half)
            .map(([angle, t]) => body.at(angle, form.low + span * t)),
          false,
        ),
        gold,
        2.8,
      );
    const starts = steps(-2.8, 2.8, 16);
    const dots = starts
      .flatMap((start) => [0, 1 / 3, 2 / 3, 1].map((t, index) => [start + 1.05 * t, t, index] as const))
      .filter(([angle]) => Math.abs(angle) < 1.5)
      .map(([angle, t]) => spot(body, angle, form.low + span * t, 5, gold));
    return (
      rules(body, form, gold) + starts.map((start) => strand(start, 1) + strand(start, -1)).join('') + dots.join('')
    );
  },
  stars: (body, form, gold) => {
    const span = form.high - form.low;
    const star = (centre: number, part: number, size: number): string =>
      fill(
        pathOf(
          steps(0, Math.PI * 2, 16)
            .slice(0, -1)
            .map((turnBy, index) => {
              const [x, y] = body.at(centre, part);
              const reach = index % 2 === 0 ? size : size * 0.52;
              return [x + reach * Math.sin(turnBy) * Math.cos(centre), y - reach * Math.cos(turnBy)] as const;
            }),
        ),
        gold,
      );
    return (
      rules(body, form, gold) +
      [0.14, 0.5, 0.86]
        .flatMap((t, row) =>
          visible(steps(-1.5, 1.5, 6).map((angle) => angle + (row % 2) * 0.25)).map((angle) =>
            star(angle, form.low + span * t, row === 1 ? 17 : 13),
          ),
        )
        .join('')
    );
  },
  dots: (body, form, gold) => {
    const span = form.high - form.low;
    return (
      rules(body, form, gold) +
      steps(0.03, 0.97, 6)
        .flatMap((t, row) =>
          visible(steps(-1.56, 1.56, 16).map((angle) => angle + (row % 2) * 0.0975)).map(
            (angle) =>
              spot(body, angle, form.low + span * t, row % 3 === 1 ? 6.4 : 4.2, gold) +
              spot(body, angle - 0.015, form.low + span * t + 0.004, 1.4, '#fff3c9'),
          ),
        )
        .join('')
    );
  },
  leaves: (body, form, gold) => {
    const span = form.high - form.low;
    return (
      rules(body, form, gold) +
      visible(steps(-1.5, 1.5, 6))
        .map((angle) => {
          const stem = line(
            pathOf(
              steps(0, 0.92, 14).map((t) => body.at(angle, form.low + span * t)),
              false,
            ),
            gold,
            2.2,
          );
          const leaves = steps(0.1, 0.78, 4).flatMap((t) =>
            [-1, 1].map((side) =>
              fill(
                pathOf([
                  ...steps(0, 1, 8).map((s) =>
                    body.at(
                      Math.max(-half, Math.min(half, angle + side * 0.2 * s)),
                      form.low + span * (t + 0.16 * s + 0.05 * Math.sin(s * Math.PI)),
                    ),
                  ),
                  ...steps(1, 0, 8).map((s) =>
                    body.at(
                      Math.max(-half, Math.min(half, angle + side * 0.2 * s)),
                      form.low + span * (t + 0.16 * s - 0.05 * Math.sin(s * Math.PI)),
                    ),
                  ),
                ]),
                gold,
              ),
            ),
          );
          return stem + leaves.join('') + spot(body, angle, form.low + span * 0.95, 4.4, gold);
        })
        .join('')
    );
  },
};

const rules = (body: Lathe, form: Form, gold: string): string =>
  [form.low - 0.03, form.low - 0.012, form.high + 0.03, form.high + 0.048]
    .map((part) => ring(body, part, gold, 2.6))
    .join('');

const visible = (angles: readonly number[]): number[] => angles.filter((angle) => Math.abs(angle) < half);

const spot = (body: Lathe, angle: number, part: number, size: number, paint: string): string => {
  const [x, y] = body.at(angle, part);
  return fill(ellipse(x, y, Math.max(0.3, size * Math.cos(angle)), size), paint);
};
