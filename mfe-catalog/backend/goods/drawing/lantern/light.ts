import type { LanternShape } from '../drawing.ts';
import { mix } from '../palette.ts';
import type { Random } from '../random.ts';
import { between } from '../random.ts';
import type { Sketch } from '../svg.ts';
import { ellipse, fill, num, polar } from '../svg.ts';
import { hanging } from './forms.ts';

/** The dim wall behind a lantern with the light that falls on it, for a square picture. */
export const lanternWall = (
  sketch: Sketch,
  random: Random,
  size: number,
  shape: LanternShape,
  colours: readonly string[],
): string => {
  const light = lightOf(shape, colours);
  const dim = '#4a3527';
  const glow = mix(light, '#ffd9a0', 0.45);
  const onTable = !hanging.includes(shape);
  const rays = Array.from({ length: 150 }, () => {
    const angle = between(random, 0, Math.PI * 2);
    const distance = 190 + 330 * random() ** 0.7;
    const [x, y] = polar([size / 2, size * 0.47], distance, angle);
    const reach = 4 + distance * 0.022;
    return fill(
      ellipse(x, y, reach * 0.55, reach),
      glow,
      `opacity="${num(Math.max(0.03, 0.34 - distance / 1500))}" transform="rotate(${num((angle * 180) / Math.PI + 90)} ${num(x)} ${num(y)})"`,
    );
  });
  return [
    fill(`M0 0H${size}V${size}H0Z`, dim),
    fill(
      `M0 0H${size}V${size}H0Z`,
      sketch.radial([size * 0.5, size * 0.46], size * 0.72, [
        [0, mix('#f0b877', light, 0.25)],
        [0.34, mix('#a8713f', light, 0.18)],
        [0.7, '#5d402b'],
        [1, '#38271d'],
      ]),
    ),
    shape === 'hexagonal' || shape === 'star' ? '' : `<g ${sketch.blur(2.4)}>${rays.join('')}</g>`,
    onTable
      ? fill(
          `M0 566H${size}V${size}H0Z`,
          sketch.linear(
            [0, 566],
            [0, size],
            [
              [0, '#5f4029'],
              [0.3, '#7d5636'],
              [1, '#4a3122'],
            ],
          ),
          'opacity=".92"',
        )
      : '',
    onTable ? fill(ellipse(size / 2, 610, 270, 54), glow, `opacity=".5" ${sketch.blur(26)}`) : '',
  ].join('');
};

/** The colour of the light: of the panes, or of what shines through the holes. */
export const lightOf = (shape: LanternShape, colours: readonly string[]): string =>
  (shape === 'hexagonal' || shape === 'star' ? colours[0] : colours[1]) ?? '#c9791f';
