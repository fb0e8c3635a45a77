import type { LanternShape } from './drawing.ts';
import { carryRing, chain, finial } from './lantern/fittings.ts';
import { forms, hanging } from './lantern/forms.ts';
import { drawHexagonal } from './lantern/hexagonal.ts';
import { lightOf } from './lantern/light.ts';
import { piercings } from './lantern/piercing.ts';
import { drawStar } from './lantern/star.ts';
import { belt, ring, turn } from './lathe.ts';
import { mix, tone } from './palette.ts';
import type { Random } from './random.ts';
import { standingShadow } from './scene.ts';
import { metalSheen } from './sheen.ts';
import type { Sketch } from './svg.ts';
import { fill, num } from './svg.ts';

/** A lit lantern around (0, 0): hanging ones with their chain, standing ones on a foot at (0, 240). */
export const drawLantern = (
  sketch: Sketch,
  random: Random,
  shape: LanternShape,
  colours: readonly string[],
): string => {
  if (shape === 'hexagonal') return drawHexagonal(sketch, colours);
  if (shape === 'star') return drawStar(sketch, colours);
  const metal = colours[0] ?? '#c0923f';
  const light = lightOf(shape, colours);
  const form = forms[shape];
  const body = turn(form.height, shape === 'cylinder' || shape === 'dome' ? 0.17 : 0.13, form.knots);
  const standing = !hanging.includes(shape);
  const foot = standing ? 244 : form.height / 2 + 20;
  return [
    `<g transform="translate(0 ${num(foot)})">`,
    standing ? standingShadow(sketch, 138, 110, 22, 0.9) : chain(-form.height, -foot - 360, metal),
    standing ? carryRing(-form.height, metal) : finial(metal),
    fill(body.outline, '#ffd48c', `opacity=".55" ${sketch.blur(34)}`),
    fill(body.outline, metalSheen(sketch, body.widest, tone(metal, -0.34))),
    `<g ${sketch.clip(`<path d="${body.outline}"/>`)}>`,
    fill(
      body.outline,
      sketch.radial([0, -form.height * 0.46], form.height * 0.56, [
        [0, mix(light, '#ffcf85', 0.5), 0.5],
        [0.5, light, 0.22],
        [1, '#1c0f08', 0.3],
      ]),
    ),
    ...form.bands.map(([low, high], index) => piercings(sketch, random, body, form, low, high, light, shape, index)),
    ...form.bands.flatMap(([low, high]) =>
      [low - 0.025, high + 0.025].map(
        (part) =>
          ring(body, part, tone(metal, 0.5), 4) + ring(body, part - 0.012, tone(metal, -0.6), 3, 'opacity=".6"'),
      ),
    ),
    fill(
      belt(
        body,
        () => 0,
        () => 1,
      ),
      sketch.linear(
        [-body.widest, 0],
        [body.widest, 0],
        [
          [0, '#1c0f08', 0.5],
          [0.22, '#fff3d8', 0.16],
          [0.34, '#fff3d8', 0.04],
          [0.6, '#1c0f08', 0],
          [1, '#1c0f08', 0.55],
        ],
      ),
    ),
    '</g></g>',
  ].join('');
};
