import type { WeaveShape } from './drawing.ts';
import type { Random } from './random.ts';
import { createWander } from './random.ts';
import { tone } from './palette.ts';
import { num } from './svg.ts';

/** Which colour a knot of the given column and row has; columns and rows count from the middle. */
type Pattern = (x: number, y: number, halfWidth: number, halfHeight: number) => number;

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

// A motif written as text, one character per knot: the digit is the colour, a point the ground.
const stamp = (rows: readonly string[], x: number, y: number): number => {
  const mark = rows[y]?.[x];
  return mark === undefined || mark === '.' ? 0 : Number(mark);
};

const figure = [
  '.......1.......',
  '......111......',
  '.......1.......',
  '.11...111...11.',
  '.1.1.11111.1.1.',
  '...1.11211.1...',
  '...111222111...',
  '....1122211....',
  '......121......',
  '.....11211.....',
  '....1122211....',
  '...112232211...',
  '..11223332211..',
  '.1122233322211.',
  '.1111111111111.',
];

const star = [
  '......1......',
  '.....111.....',
  '.11.11211.11.',
  '.11112221111.',
  '..112222211..',
  '.11223332211.',
  '1112233322111',
  '.11223332211.',
  '..112222211..',
  '.11112221111.',
  '.11.11211.11.',
  '.....111.....',
  '......1......',
];

const patterns: Record<WeaveShape, Pattern> = {
  diamonds: (x, y, halfWidth) => {
    const period = halfWidth > 26 ? 40 : 32;
    const fold = Math.abs(modulo(y + period / 2, period) - period / 2);
    const distance = Math.floor(Math.abs(x) / 2) * 2 + Math.floor(fold / 2) * 2;
    const size = period / 2;
    if (distance < size * 0.22) return 3;
    if (distance < size * 0.42) return 1;
    if (distance < size * 0.82) return 2;
    if (distance < size) return 1;
    const side = halfWidth - Math.abs(x);
    const small = Math.abs(modulo(y, period) - period / 2) + Math.abs(side - halfWidth * 0.26);
    if (small < 3) return 1;
    if (small < 6) return 3;
    if (small < 8) return 2;
    // Small crosses in the ground, a little comb along the selvedge.
    const cross = Math.abs(modulo(y, period) - 7) + Math.abs(Math.abs(x) - halfWidth * 0.58);
    if (cross < 2) return 1;
    return side < 2 && modulo(y, 4) < 2 ? 1 : 0;
  },
  bands: (x, y) => {
    const row = modulo(y, 44);
    if (row < 12) return 0;
    if (row === 12 || row === 13 || row === 42 || row === 43) return 3;
    if (row < 17) return 1;
    if (row < 20) return modulo(x, 6) < (row === 18 ? 4 : 2) ? 3 : 2;
    if (row < 22) return 2;
    if (row < 35) {
      const tooth = Math.abs(modulo(x + 6, 12) - 6);
      const depth = Math.abs(row - 28);
      if (tooth + depth < 3) return 1;
      return tooth + depth < 6 ? 3 : 2;
    }
    if (row < 38) return modulo(x, 6) < (row === 36 ? 4 : 2) ? 3 : 2;
    return 1;
  },
  hooks: (x, y, halfWidth) => {
    const period = 38;
    const fold = modulo(y + period / 2, period) - period / 2;
    const reach = Math.min(halfWidth - 6, 17);
    const distance = Math.abs(x) + Math.abs(fold);
    if (distance < 4) return 2;
    if (distance < 7) return 1;
    if (distance < 11) return 3;
    if (distance === 11 || distance === 12) return 1;
    if (distance < reach - 2) return 2;
    if (distance < reach) return 1;
    // Hooks grow from the outline every six knots and curl outwards.
    const beyond = distance - reach;
    const along = modulo(Math.abs(x) - Math.abs(fold), 8);
    if (beyond >= 0 && beyond < 6 && along < 2) return 3;
    if (beyond >= 4 && beyond < 6 && along < 5) return 3;
    const side = halfWidth - Math.abs(x);
    if (side < 9 && Math.abs(Math.abs(fold) - period / 2) + Math.abs(side - 4) < 4) return 1;
    return 0;
  },
  elibelinde: (x, y) => {
    const row = Math.floor((y + 500 * 19) / 19);
    const upright = row % 2 === 0;
    const inRow = modulo(y, 19);
    const column = modulo(x + 7 + (upright ? 0 : 9), 18);
    if (inRow === 17) return modulo(x, 4) < 2 ? 3 : 1;
    const mark = stamp(figure, column, upright ? inRow : 14 - inRow);
    return upright ? mark : mark === 1 ? 3 : mark === 3 ? 1 : mark;
  },
  zigzag: (x, y) => {
    const wave = Math.abs(modulo(x, 24) - 12);
    return (
      [0, 0, 0, 0, 1, 1, 2, 2, 2, 1, 1, 3, 3, 1][Math.floor(modulo(y * 1 + Math.floor(wave / 1) * 1, 28) / 2)] ?? 0
    );
  },
  medallion: (x, y, halfWidth, halfHeight) => {
    const border = Math.min(halfWidth - Math.abs(x), halfHeight - Math.abs(y));
    if (border < 8) {
      const along = halfWidth - Math.abs(x) < halfHeight - Math.abs(y) ? y : x;
      const tooth = Math.abs(modulo(along, 8) - 4);
      return border < 1.5 ? 3 : border - 1 < tooth + 1 ? 2 : 1;
    }
    if (border < 10) return 3;
    const period = Math.floor((halfHeight * 2 - 20) / 3);
    const fold = Math.abs(modulo(y + period / 2, period) - period / 2);
    // A hexagon with stepped shoulders: flat sides, then two knots in for each two up.
    const distance = Math.abs(x) + Math.floor(Math.max(0, fold - 3) / 2) * 2;
    const size = Math.min(halfWidth - 12, 26);
    if (Math.abs(x) + fold < 4) return 1;
    if (distance < size * 0.28) return 3;
    if (distance < size * 0.36) return 1;
    if (distance < size * 0.62) return 2;
    if (distance < size * 0.7) return 1;
    if (distance < size * 0.92) return modulo(x + 2, 4) < 2 && modulo(fold, 4) < 2 ? 1 : 3;
    if (distance < size) return 1;
    const corner = Math.abs(Math.abs(x) - (halfWidth - 15)) + Math.abs(fold - period / 2);
    if (corner < 2) return 1;
    return corner < 5 ? 2 : 0;
  },
  stars: (x, y) => {
    const row = Math.floor((y + 500 * 17 + 6) / 17);
    const column = modulo(x + 6 + (row % 2) * 10, 20);
    const inRow = modulo(y + 6, 17);
    const mark = stamp(star, column, inRow);
    if (mark > 0) return mark === 2 && row % 2 === 0 ? 3 : mark === 3 ? 1 : mark;
    return Math.abs(column - 16) + Math.abs(inRow - 6) < 2 ? 2 : 0;
  },
  niche: (x, y, halfWidth, halfHeight) => {
    const border = Math.min(halfWidth - Math.abs(x), halfHeight - Math.abs(y));
    if (border < 11) {
      const along = halfWidth - Math.abs(x) < halfHeight - Math.abs(y) ? y : x;
      if (border < 2 || border > 9) return 3;
      const tooth = Math.abs(modulo(along, 12) - 6) + Math.abs(border - 5.5);
      return tooth < 3 ? 3 : tooth < 5 ? 1 : 2;
    }
    const inner = halfWidth - 14;
    const arch = -halfHeight + 20 + Math.floor((Math.abs(x) * 1.05) / 3) * 3;
    if (y < arch) return modulo(x + y, 8) === 0 || modulo(x - y, 8) === 0 ? 1 : 2;
    if (y < arch + 3) return 1;
    if (Math.abs(x) > inner - 1) return 1;
    if (Math.abs(x) > inner - 3) return 3;
    const lamp = Math.abs(x) + Math.abs(y + halfHeight * 0.12) * 0.7;
    if (lamp < 4) return 3;
    if (lamp < 7) return 1;
    if (lamp < 9) return 2;
    if (x === 0 && y < -halfHeight * 0.12) return 1;
    const tree = Math.abs(x) - Math.floor(modulo(y, 10) * 0.8);
    return y > halfHeight * 0.22 && y < halfHeight - 18 && tree > -2 && tree < 1 && Math.abs(x) < 9 ? 1 : 0;
  },
  chequer: (x, y) => {
    const column = Math.floor((x + 1000) / 12);
    const row = Math.floor((y + 1200) / 12);
    const distance = Math.floor((Math.abs(modulo(x + 1000, 12) - 5.5) + Math.abs(modulo(y + 1200, 12) - 5.5)) / 2) * 2;
    const even = (column + row) % 2 === 0;
    if (distance < 4) return even ? 2 : 3;
    return distance < 8 ? (even ? 1 : 0) : even ? 0 : 1;
  },
  lattice: (x, y) => {
    const period = 26;
    const bend = Math.round(Math.sin(y * 0.11) * 1.4 + Math.sin(x * 0.16 + 1) * 1.2);
    const fold = Math.abs(modulo(y + bend, period * 1.5) - period * 0.75) / 1.5;
    const across = Math.abs(modulo(x + bend, period) - period / 2);
    const distance = Math.abs(across + fold - period / 2);
    if (distance < 1.1) return 1;
    const heart = Math.abs(across - period / 2) + Math.abs(fold - period / 2) * 1.3;
    return heart < 2.6 ? 2 : 0;
  },
};

/** Woven cloth of columns × rows knots of the given size, its corner at (0, 0). */
export const drawWeave = (
  random: Random,
  shape: WeaveShape,
  colours: readonly string[],
  columns: number,
  rows: number,
  knot: number,
): string => {
  const halfWidth = (columns - 1) / 2;
  const halfHeight = (rows - 1) / 2;
  const fade = createWander(random);
  const runs: string[] = [];
  for (let row = 0; row < rows; row++) {
    let start = 0;
    const markAt = (column: number): number =>
      patterns[shape](Math.round(column - halfWidth), Math.round(row - halfHeight), halfWidth, halfHeight);
    for (let column = 1; column <= columns; column++) {
      if (column < columns && markAt(column) === markAt(start)) continue;
      const mark = markAt(start);
      const base = colours[mark % colours.length] ?? '#ece2cd';
      // Abrash: each colour drifts a little from row to row, as hand-dyed skeins do.
      const drift = fade(row * 0.13 + mark * 17) * 0.1 + (random() - 0.5) * 0.05;
      runs.push(
        `<rect x="${num(start * knot)}" y="${num(row * knot)}" width="${num((column - start) * knot + 0.4)}" height="${num(knot + 0.4)}" fill="${tone(base, drift)}"/>`,
      );
      start = column;
    }
  }
  return runs.join('');
};

/** Ribs of the weft over a rectangle: thin dark lines between the rows and a light on each. */
export const ribs = (width: number, height: number, knot: number): string =>
  Array.from(
    { length: Math.ceil(height / knot) },
    (_, row) =>
      `<path d="M0 ${num(row * knot)}H${num(width)}" stroke="#1c0f08" stroke-width="1" opacity=".16"/><path d="M0 ${num((row + 0.4) * knot)}H${num(width)}" stroke="#fffaf0" stroke-width="1.1" opacity=".09"/>`,
  ).join('') +
  Array.from(
    { length: Math.ceil(width / knot) },
    (_, column) =>
      `<path d="M${num(column * knot)} 0V${num(height)}" stroke="#1c0f08" stroke-width=".8" opacity=".07"/>`,
  ).join('');
