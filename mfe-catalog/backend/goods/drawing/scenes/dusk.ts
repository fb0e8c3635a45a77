import type { Random } from '../random.ts';
import { between } from '../random.ts';
import type { Sketch } from '../svg.ts';
import { ellipse, fill } from '../svg.ts';

/** A plaster wall at dusk, lit by lamps at the given places. */
export const dusk = (
  sketch: Sketch,
  random: Random,
  width: number,
  height: number,
  lamps: readonly (readonly [number, number])[],
): string =>
  [
    fill(`M0 0H${width}V${height}H0Z`, '#4a3426'),
    ...lamps.map(([x, y]) =>
      fill(
        `M0 0H${width}V${height}H0Z`,
        sketch.radial([x, y], Math.max(height * 0.95, width * 0.36), [
          [0, '#e9aa62', 0.85],
          [0.3, '#c58747', 0.55],
          [0.7, '#7d5232', 0.16],
          [1, '#4a3426', 0],
        ]),
      ),
    ),
    `<g ${sketch.blur(2.6)}>`,
    ...lamps.flatMap(([x, y]) =>
      Array.from({ length: 60 }, () => {
        const angle = between(random, 0, Math.PI * 2);
        const distance = between(random, height * 0.25, height * 0.62);
        const [px, py] = [x + distance * Math.cos(angle), y + distance * Math.sin(angle)];
        return fill(
          ellipse(px, py, 3.4, 6),
          '#ffd596',
          `opacity="${(0.3 - distance / height / 2.4).toFixed(2)}" transform="rotate(${Math.round((angle * 180) / Math.PI + 90)} ${Math.round(px)} ${Math.round(py)})"`,
        );
      }),
    ),
    '</g>',
  ].join('');
