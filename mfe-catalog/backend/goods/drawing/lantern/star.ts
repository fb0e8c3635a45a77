import { steps } from '../lathe.ts';
import { mix, tone } from '../palette.ts';
import type { Point, Sketch } from '../svg.ts';
import { ellipse, fill, line, pathOf, polar } from '../svg.ts';
import { chain } from './fittings.ts';

const half = Math.PI / 2;

/** A star of glass: long points in two rings, each split into a lit and a shaded facet. */
export const drawStar = (sketch: Sketch, colours: readonly string[]): string => {
  const glass = colours[0] ?? '#cf9440';
  const metal = colours[1] ?? '#c0923f';
  const facets: string[] = [];
  const count = 8;
  const sector = (Math.PI * 2) / count;
  const ringOf = (tip: number, root: number, offset: number, shade: number): void => {
    for (let index = 0; index < count; index++) {
      const angle = index * sector - half + offset;
      const point = polar([0, 0], tip, angle);
      const [left, right] = [polar([0, 0], root, angle - sector / 2), polar([0, 0], root, angle + sector / 2)];
      const spine = polar([0, 0], root * 0.62, angle);
      [left, right].forEach((side, at) => {
        const facing = Math.cos(angle + (at === 0 ? -0.5 : 0.5) - -Math.PI * 0.75);
        const paint = sketch.radial([0, 0], tip * 0.95, [
          [0, '#fff6d8'],
          [0.28, mix(glass, '#ffe2a2', 0.55 + 0.16 * facing)],
          [0.62, tone(glass, 0.1 * facing - shade)],
          [1, tone(glass, -0.3 + 0.14 * facing - shade)],
        ]);
        facets.push(
          fill(pathOf([point, side, spine]), paint) +
            line(pathOf([point, side, spine]), tone(metal, -0.35), 3.2) +
            line(pathOf([point, side], false), tone(metal, 0.4), 1.1, 'opacity=".8"'),
        );
      });
    }
  };
  ringOf(232, 128, sector / 2, 0.12);
  ringOf(240, 104, 0, 0);
  const heart = steps(0, Math.PI * 2, 16)
    .slice(0, -1)
    .map((angle, index) => polar([0, 0], index % 2 === 0 ? 64 : 106, angle - half));
  const inner = Array.from({ length: count }, (_, index) => {
    const angle = index * sector - half;
    const face = [
      polar([0, 0], 64, angle),
      polar([0, 0], 104, angle + sector / 2),
      polar([0, 0], 64, angle + sector),
      [0, 0] as Point,
    ];
    return (
      fill(pathOf(face), mix(mix(glass, '#fff0c4', 0.62), '#fffdf2', index % 2 === 0 ? 0.25 : 0)) +
      line(pathOf(face), tone(metal, -0.3), 2.8)
    );
  });
  return [
    chain(-232, -400, metal),
    fill(ellipse(0, 0, 210, 210), mix(glass, '#ffd08a', 0.4), `opacity=".6" ${sketch.blur(48)}`),
    ...facets,
    fill(pathOf(heart), mix(glass, '#ffe9b8', 0.5)),
    ...inner,
    fill(ellipse(0, 0, 92, 92), '#fff7df', `opacity=".62" ${sketch.blur(26)}`),
  ].join('');
};
