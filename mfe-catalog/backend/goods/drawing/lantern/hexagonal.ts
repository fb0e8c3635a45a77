import { steps } from '../lathe.ts';
import { mix, tone } from '../palette.ts';
import { standingShadow } from '../scene.ts';
import type { Point, Sketch } from '../svg.ts';
import { ellipse, fill, line, num, pathOf } from '../svg.ts';
import { carryRing } from './fittings.ts';

/** A six-sided lantern: three visible panes between folded bars, a stepped roof above. */
export const drawHexagonal = (sketch: Sketch, colours: readonly string[]): string => {
  const glass = colours[0] ?? '#c9791f';
  const metal = colours[1] ?? '#34322f';
  const xs = [-150, -76, 76, 150];
  const lift = (x: number): number => (Math.abs(x) > 100 ? 0 : 15);
  const bottom = 200;
  const top = -80;
  const panes = [0, 1, 2].map((index) => {
    const [left, right] = [xs[index] ?? 0, xs[index + 1] ?? 0];
    const corners: Point[] = [
      [left, top + lift(left)],
      [right, top + lift(right)],
      [right, bottom + lift(right)],
      [left, bottom + lift(left)],
    ];
    const side = index === 1 ? 0 : 1;
    const [cx, cy] = [(left + right) / 2, (top + bottom) / 2 + 30];
    const wide = right - left;
    const light = sketch.radial([side === 1 ? (index === 0 ? right : left) : 0, cy], side === 1 ? 190 : 210, [
      [0, '#fff3cf'],
      [0.16, mix(glass, '#ffe3a0', 0.62)],
      [0.5, mix(glass, '#ffb95a', 0.22)],
      [1, tone(glass, -0.42)],
    ]);
    const diamond = (scale: number): string =>
      pathOf([
        [cx, cy - 30 - 96 * scale],
        [cx + wide * 0.4 * scale, cy - 30],
        [cx, cy - 30 + 96 * scale],
        [cx - wide * 0.4 * scale, cy - 30],
      ]);
    return [
      fill(pathOf(corners), light),
      line(diamond(1), tone(metal, -0.1), 4.5),
      line(diamond(1), tone(metal, 0.45), 1.2, 'opacity=".8" transform="translate(-1 -1)"'),
      line(
        `M${num(cx)} ${num(top + 12)}V${num(cy - 126)}M${num(cx)} ${num(cy + 66)}V${num(bottom + 8)}`,
        tone(metal, -0.1),
        4,
      ),
      fill(
        pathOf([
          [left + wide * 0.14, top + 20],
          [left + wide * 0.3, top + 22],
          [left + wide * 0.2, bottom],
          [left + wide * 0.1, bottom],
        ]),
        '#ffffff',
        `opacity=".14" ${sketch.blur(2)}`,
      ),
    ].join('');
  });
  const flame =
    fill('M0 62C22 92 20 120 0 126C-20 120 -22 92 0 62Z', '#fff8e2', `opacity=".95" ${sketch.blur(5)}`) +
    fill(ellipse(0, 100, 66, 82), '#ffe9b0', `opacity=".5" ${sketch.blur(24)}`);
  const bar = (x: number): string =>
    line(`M${x} ${top + lift(x) - 4}V${bottom + lift(x) + 4}`, tone(metal, -0.3), 11) +
    line(`M${x - 2} ${top + lift(x)}V${bottom + lift(x)}`, tone(metal, 0.4), 2.6, 'opacity=".8"');
  const slab = (y: number, out: number, thick: number): string => {
    const upper: Point[] = [
      [-150 - out, y],
      [-76 - out / 2, y + 15],
      [76 + out / 2, y + 15],
      [150 + out, y],
    ];
    const lower = [...upper].reverse().map(([x, at]): Point => [x, at + thick]);
    return (
      fill(
        pathOf([...upper, ...lower]),
        sketch.linear(
          [-170, 0],
          [170, 0],
          [
            [0, tone(metal, -0.1)],
            [0.28, tone(metal, 0.42)],
            [0.5, tone(metal, 0.1)],
            [1, tone(metal, -0.45)],
          ],
        ),
      ) + line(pathOf(upper, false), tone(metal, 0.6), 1.6, 'opacity=".7"')
    );
  };
  const roof = (from: number, to: number, low: number, high: number): string =>
    [0, 1, 2]
      .map((index) => {
        const part = (scale: number, at: number): Point => [(xs[at] ?? 0) * scale, 0];
        const face: Point[] = [
          [part(from, index)[0], low + lift(xs[index] ?? 0) * from],
          [part(from, index + 1)[0], low + lift(xs[index + 1] ?? 0) * from],
          [part(to, index + 1)[0], high + lift(xs[index + 1] ?? 0) * to],
          [part(to, index)[0], high + lift(xs[index] ?? 0) * to],
        ];
        return fill(
          pathOf(face),
          tone(metal, [0.3, 0.1, -0.35][index] ?? 0),
          `stroke="${tone(metal, -0.5)}" stroke-width="1.4"`,
        );
      })
      .join('');
  const slots = steps(-48, 48, 4)
    .map(
      (x) =>
        fill(ellipse(x, -114, 6, 11), '#ffdf9c') +
        fill(ellipse(x, -114, 10, 15), '#ffce7a', `opacity=".5" ${sketch.blur(5)}`),
    )
    .join('');
  return [
    `<g transform="translate(0 20)">`,
    `<g transform="translate(0 226)">${standingShadow(sketch, 156, 110, 15, 0.9)}</g>`,
    fill(ellipse(0, 60, 190, 190), mix(glass, '#ffd08a', 0.4), `opacity=".5" ${sketch.blur(50)}`),
    fill(
      pathOf([
        [-150, top],
        [150, top],
        [150, bottom],
        [-150, bottom],
      ]),
      tone(glass, -0.4),
    ),
    ...panes,
    flame,
    ...xs.map(bar),
    slab(bottom - 2, 14, 26),
    roof(1.02, 0.56, top + 2, -158),
    slots,
    slab(top - 12, 12, 16),
    roof(0.6, 0.5, -156, -168),
    roof(0.48, 0.1, -166, -226),
    carryRing(-228, metal),
    '</g>',
  ].join('');
};
