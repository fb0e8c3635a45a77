import type { LanternShape } from './drawing.ts';
import type { Lathe } from './lathe.ts';
import { belt, ring, steps, turn } from './lathe.ts';
import { mix, tone } from './palette.ts';
import type { Random } from './random.ts';
import { between } from './random.ts';
import { metalSheen } from './sheen.ts';
import { standingShadow } from './scene.ts';
import type { Point, Sketch } from './svg.ts';
import { ellipse, fill, line, num, pathOf, polar } from './svg.ts';

const half = Math.PI / 2;
const hanging: readonly LanternShape[] = ['globe', 'onion', 'teardrop', 'star'];

type Form = {
  height: number;
  knots: readonly Point[];
  bands: readonly (readonly [number, number])[];
  rows: number;
  columns: number;
};

const forms: Record<'globe' | 'onion' | 'cylinder' | 'teardrop' | 'dome', Form> = {
  globe: {
    height: 330,
    rows: 9,
    columns: 13,
    bands: [[0.14, 0.86]],
    knots: [
      [0, 30],
      [0.02, 52],
      [0.12, 109],
      [0.3, 153],
      [0.5, 166],
      [0.7, 152],
      [0.88, 109],
      [0.95, 76],
      [1, 42],
    ],
  },
  onion: {
    height: 400,
    rows: 10,
    columns: 12,
    bands: [[0.14, 0.72]],
    knots: [
      [0, 18],
      [0.03, 34],
      [0.09, 66],
      [0.2, 122],
      [0.36, 152],
      [0.54, 136],
      [0.7, 84],
      [0.82, 42],
      [0.93, 22],
      [1, 18],
    ],
  },
  cylinder: {
    height: 380,
    rows: 8,
    columns: 11,
    bands: [[0.12, 0.72]],
    knots: [
      [0, 136],
      [0.03, 140],
      [0.07, 126],
      [0.09, 122],
      [0.75, 122],
      [0.77, 138],
      [0.8, 138],
      [0.9, 78],
      [0.96, 34],
      [1, 22],
    ],
  },
  teardrop: {
    height: 420,
    rows: 13,
    columns: 14,
    bands: [[0.1, 0.84]],
    knots: [
      [0, 6],
      [0.04, 44],
      [0.14, 98],
      [0.28, 126],
      [0.44, 118],
      [0.62, 82],
      [0.8, 46],
      [0.93, 28],
      [1, 24],
    ],
  },
  dome: {
    height: 360,
    rows: 4,
    columns: 12,
    bands: [
      [0.12, 0.48],
      [0.58, 0.86],
    ],
    knots: [
      [0, 142],
      [0.03, 146],
      [0.08, 130],
      [0.1, 126],
      [0.5, 126],
      [0.52, 146],
      [0.55, 146],
      [0.57, 132],
      [0.72, 116],
      [0.86, 66],
      [0.94, 24],
      [1, 16],
    ],
  },
};

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

/** A lit lantern around (0, 0): hanging ones with their chain, standing ones on a foot at (0, 240). */
export const drawLantern = (
  sketch: Sketch,
  random: Random,
  shape: LanternShape,
  colours: readonly string[],
): string => {
  if (shape === 'hexagonal') return hexagonal(sketch, colours);
  if (shape === 'star') return star(sketch, colours);
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

const lightOf = (shape: LanternShape, colours: readonly string[]): string =>
  (shape === 'hexagonal' || shape === 'star' ? colours[0] : colours[1]) ?? '#c9791f';

// Holes in rings over the skin: stars and the drops between them, bright in the middle and amber at the outline.
const piercings = (
  sketch: Sketch,
  random: Random,
  body: Lathe,
  form: Form,
  low: number,
  high: number,
  light: string,
  shape: LanternShape,
  band: number,
): string => {
  const span = high - low;
  const rows = shape === 'dome' ? (band === 0 ? 3 : 3) : form.rows;
  const unit = (span * body.height) / rows;
  const holes: string[] = [];
  const bloom: string[] = [];
  for (let row = 0; row < rows; row++) {
    const part = low + (span * (row + 0.5)) / rows;
    const r = body.radius(part);
    for (let column = 0; column <= form.columns; column++) {
      const angle = -half + ((column + (row % 2) * 0.5) * Math.PI) / form.columns;
      if (Math.abs(angle) > 1.5) continue;
      const [x, y] = body.at(angle, part);
      const squeeze = Math.cos(angle);
      const size = Math.min(unit * 0.46, ((r * Math.PI) / form.columns) * 0.48);
      const middle = Math.exp(-(angle * angle) / 0.9 - ((part - 0.45) * (part - 0.45)) / 0.16);
      const paint = mix(mix(light, '#7a3a10', 0.15), '#fff4d2', 0.25 + 0.75 * middle);
      const outline = motif(shape, row + band, size * between(random, 0.94, 1.04)).map(([dx, dy]): Point => [
        x + dx * squeeze,
        y + dy,
      ]);
      holes.push(fill(pathOf(outline), paint));
      const pin = body.at(angle + half / form.columns, part);
      if (Math.abs(angle) < 1.4) holes.push(fill(ellipse(pin[0], pin[1], size * 0.17 * squeeze, size * 0.17), paint));
      if (middle > 0.2)
        bloom.push(fill(ellipse(x, y, size * squeeze, size), '#ffdf9e', `opacity="${num(middle * 0.7)}"`));
    }
  }
  return holes.join('') + `<g ${sketch.blur(9)}>${bloom.join('')}</g>`;
};

const motif = (shape: LanternShape, row: number, size: number): Point[] => {
  const starOf = (points: number, inner: number): Point[] =>
    steps(0, Math.PI * 2, points * 2)
      .slice(0, -1)
      .map((angle, index) => polar([0, 0], index % 2 === 0 ? size : size * inner, angle - half));
  if (shape === 'onion')
    return [
      [0, -size],
      [size * 0.6, 0],
      [0, size],
      [-size * 0.6, 0],
    ];
  if (shape === 'teardrop')
    return row % 3 === 1
      ? starOf(4, 0.42)
      : steps(0, Math.PI * 2, 14)
          .slice(0, -1)
          .map((angle) => polar([0, 0], size * 0.52, angle));
  if (shape === 'globe') return row % 2 === 0 ? starOf(8, 0.52) : starOf(4, 0.36);
  if (shape === 'dome') return row % 2 === 0 ? starOf(6, 0.5) : starOf(4, 0.4);
  return row % 2 === 0 ? starOf(8, 0.62) : starOf(4, 0.5);
};

const chain = (from: number, to: number, metal: string): string => {
  const links = steps(from - 14, to, Math.round((from - to) / 15));
  return (
    line(`M0 ${num(from + 6)}V${num(from - 12)}`, tone(metal, -0.3), 12) +
    fill(ellipse(0, from - 12, 14, 12), metal) +
    fill(ellipse(-4, from - 15, 5, 4), tone(metal, 0.6)) +
    links
      .map((y, index) =>
        line(
          ellipse(0, y - 12, index % 2 === 0 ? 4.6 : 1.6, 8.4),
          index % 2 === 0 ? tone(metal, 0.08) : tone(metal, -0.25),
          2.6,
        ),
      )
      .join('')
  );
};

const finial = (metal: string): string =>
  fill(ellipse(0, 8, 13, 12), tone(metal, -0.2)) +
  fill(ellipse(-4, 4, 4.4, 4), tone(metal, 0.6)) +
  fill(ellipse(0, 25, 6, 7), tone(metal, -0.25));

const carryRing = (top: number, metal: string): string =>
  line(ellipse(0, top - 34, 27, 29), tone(metal, -0.5), 10) +
  line(ellipse(0, top - 34, 27, 29), tone(metal, 0.1), 6) +
  line(ellipse(-1, top - 36, 27, 29), tone(metal, 0.55), 1.8, 'opacity=".8"') +
  fill(ellipse(0, top - 4, 14, 8), tone(metal, -0.1));

// A six-sided lantern: three visible panes between folded bars, a stepped roof above.
const hexagonal = (sketch: Sketch, colours: readonly string[]): string => {
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

// A star of glass: long points in two rings, each split into a lit and a shaded facet.
const star = (sketch: Sketch, colours: readonly string[]): string => {
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
