import { steps } from '../lathe.ts';
import type { Point } from '../svg.ts';
import { polar } from '../svg.ts';

/** A full turn in radians. */
export const full = Math.PI * 2;

/** An upright rectangle by its upper left corner. */
export const rectangle = (x: number, y: number, width: number, height: number): Point[] => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];

/** A regular polygon; without a turn its first corner lies to the right. */
export const regular = (centre: Point, corners: number, radius: number, turn = 0): Point[] =>
  steps(0, full, corners)
    .slice(0, -1)
    .map((angle) => polar(centre, radius, angle + turn));

/** A star with that many points; without a turn its first point lies to the right. */
export const starOf = (centre: Point, points: number, outer: number, inner: number, turn = 0): Point[] =>
  steps(0, full, points * 2)
    .slice(0, -1)
    .map((angle, index) => polar(centre, index % 2 === 0 ? outer : inner, angle + turn));

/**
 * Splits a regular polygon into a rosette after Hankin: from the middle of each side two rays run inwards, those of
 * neighbouring sides meet once, and those of the next but one meet again. Gives the centre star, the petals and the corners.
 */
export const rosette = (
  centre: Point,
  sides: number,
  apothem: number,
  turn: number,
  angle: number,
): { star: Point[]; petals: Point[][]; corners: Point[][] } => {
  const sector = full / sides;
  const middles = steps(0, sides - 1, sides - 1).map((index) => polar(centre, apothem, turn + index * sector));
  // The ray leaves the middle of a side at `angle` to the side; it meets the bisectors at these distances.
  const meet = (halfSector: number): number => (apothem * Math.cos(angle)) / Math.cos(angle - halfSector);
  const first = meet(sector / 2);
  const second = meet(sector);
  const inner = (index: number): Point => polar(centre, first, turn + (index + 0.5) * sector);
  const deep = (index: number): Point => polar(centre, second, turn + index * sector);
  const corner = (index: number): Point => polar(centre, apothem / Math.cos(sector / 2), turn + (index + 0.5) * sector);
  const at = (index: number): Point => middles[((index % sides) + sides) % sides] ?? centre;
  const indices = middles.map((_, index) => index);
  return {
    star: indices.flatMap((index) => [deep(index), inner(index)]),
    petals: indices.map((index) => [at(index), inner(index), deep(index), inner(index - 1)]),
    corners: indices.map((index) => [at(index), corner(index), at(index + 1), inner(index)]),
  };
};
