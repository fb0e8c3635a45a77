import { steps } from '../lathe.ts';
import { tone } from '../palette.ts';
import { ellipse, fill, line, num } from '../svg.ts';

/** A chain that hangs from the height `to` down to the top of a lantern at `from`. */
export const chain = (from: number, to: number, metal: string): string => {
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

/** The knob below a hanging lantern. */
export const finial = (metal: string): string =>
  fill(ellipse(0, 8, 13, 12), tone(metal, -0.2)) +
  fill(ellipse(-4, 4, 4.4, 4), tone(metal, 0.6)) +
  fill(ellipse(0, 25, 6, 7), tone(metal, -0.25));

/** The ring on top by which a standing lantern is carried. */
export const carryRing = (top: number, metal: string): string =>
  line(ellipse(0, top - 34, 27, 29), tone(metal, -0.5), 10) +
  line(ellipse(0, top - 34, 27, 29), tone(metal, 0.1), 6) +
  line(ellipse(-1, top - 36, 27, 29), tone(metal, 0.55), 1.8, 'opacity=".8"') +
  fill(ellipse(0, top - 4, 14, 8), tone(metal, -0.1));
