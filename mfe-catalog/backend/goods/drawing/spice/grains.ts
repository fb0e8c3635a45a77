import type { SpiceShape } from '../drawing.ts';
import { steps } from '../lathe.ts';
import { tone } from '../palette.ts';
import type { Random } from '../random.ts';
import { between } from '../random.ts';
import type { Point } from '../svg.ts';
import { ellipse, fill, line, num, pathOf, polar } from '../svg.ts';

/** How many pieces lie in a bowl, and how one of them looks. */
export type Grain = { count: number; draw: (random: Random, x: number, y: number, colour: string) => string };

/** The pieces by shape. */
export const grains: Record<SpiceShape, Grain> = {
  powder: { count: 3000, draw: (random, x, y, colour) => fill(ellipse(x, y, between(random, 1, 2), 1.2), colour) },
  chips: {
    count: 2200,
    draw: (random, x, y, colour) => fill(ellipse(x, y, between(random, 2, 4), between(random, 1.4, 3)), colour),
  },
  seeds: {
    count: 1500,
    draw: (random, x, y, colour) =>
      turned(
        fill(ellipse(1, 1.4, 9.5, 3), '#1c0f08', 'opacity=".35"') +
          fill('M-10 0Q0 -4.6 10 0Q0 4.6 -10 0Z', colour) +
          line('M-8 -.6Q0 -2.6 8 -.6M-8 1Q0 1.8 8 1', tone(colour, 0.4), 0.9, 'opacity=".7"'),
        x,
        y,
        between(random, -70, 70),
      ),
  },
  corns: {
    count: 1050,
    draw: (random, x, y, colour) => {
      const size = between(random, 8.5, 11);
      const wrinkle = line(
        `M${num(-size * 0.6)} ${num(between(random, -3, 3))}q${num(size * 0.5)} ${num(between(random, -5, 5))} ${num(size * 1.1)} ${num(between(random, -2, 2))}M${num(between(random, -4, 0))} ${num(-size * 0.6)}q${num(between(random, -3, 4))} ${num(size * 0.6)} 1 ${num(size * 1.1)}`,
        tone(colour, -0.4),
        1.2,
        'opacity=".7"',
      );
      return turned(oval(size, size * 0.94, colour) + wrinkle, x, y, between(random, -20, 20));
    },
  },
  pods: {
    count: 330,
    draw: (random, x, y, colour) =>
      turned(
        fill('M-27 2Q-4 -12 26 1Q-2 15 -27 2Z', '#1c0f08', 'opacity=".4" transform="translate(2 4)"') +
          fill('M-27 0Q-6 -13 26 0Q-4 13 -27 0Z', colour) +
          line('M-24 0Q-4 -6 22 0M-24 1Q-4 6 22 0', tone(colour, -0.32), 1.4, 'opacity=".8"') +
          line('M-20 -3Q-4 -9.5 16 -3', tone(colour, 0.55), 2.2, 'opacity=".7"') +
          line('M-27 0l-6 -1', tone(colour, -0.3), 2.4),
        x,
        y,
        between(random, -80, 80),
      ),
  },
  sticks: {
    count: 64,
    draw: (random, x, y, colour) =>
      turned(
        fill('M-92 -9H92V15H-92Z', '#1c0f08', 'opacity=".35" transform="translate(3 5)"') +
          fill('M-92 -11H92V11H-92Z', colour) +
          fill('M-92 -11H92V-5H-92Z', tone(colour, 0.28), 'opacity=".7"') +
          fill('M-92 4H92V11H-92Z', tone(colour, -0.45), 'opacity=".6"') +
          line('M-92 0H92', tone(colour, -0.5), 2) +
          fill(ellipse(92, 0, 5, 11), tone(colour, -0.3)) +
          line('M92 -6C97 -4 96 4 92 4C89 3 89 -2 92 -2', tone(colour, 0.3), 1.6),
        x * 0.45,
        y,
        between(random, -38, 38),
      ),
  },
  stars: {
    count: 170,
    draw: (random, x, y, colour) => {
      const turnBy = random() * Math.PI;
      const squash = between(random, 0.6, 0.95);
      const arms = steps(0, Math.PI * 2, 8)
        .slice(0, -1)
        .map((angle) => {
          const tip = polar([0, 0], between(random, 28, 34), angle + turnBy);
          const [a, b] = [polar([0, 0], 18, angle + turnBy - 0.36), polar([0, 0], 18, angle + turnBy + 0.36)];
          const seed = polar([0, 0], 17, angle + turnBy);
          return (
            fill(
              `M0 0Q${num(a[0])} ${num(a[1])} ${num(tip[0])} ${num(tip[1])}Q${num(b[0])} ${num(b[1])} 0 0Z`,
              colour,
              `stroke="${tone(colour, -0.5)}" stroke-width="1.2"`,
            ) +
            line(`M0 0L${num(tip[0])} ${num(tip[1])}`, tone(colour, -0.5), 1.2) +
            fill(ellipse(seed[0], seed[1], 3.6, 3.6), '#6d3414') +
            fill(ellipse(seed[0] - 1, seed[1] - 1.2, 1.2, 1), '#f3cfa0')
          );
        });
      return `<g transform="translate(${num(x)} ${num(y)}) scale(1 ${num(squash)})">${fill(ellipse(3, 6, 30, 30), '#1c0f08', 'opacity=".32"')}${arms.join('')}${fill(ellipse(0, 0, 4, 4), tone(colour, -0.4))}</g>`;
    },
  },
  buds: {
    count: 420,
    draw: (random, x, y, colour) =>
      turned(
        line('M0 0L26 2', tone(colour, -0.45), 6.5) +
          line('M0 -1L25 1', tone(colour, -0.08), 4) +
          fill(ellipse(1, 2, 12, 11), '#1c0f08', 'opacity=".4"') +
          fill(ellipse(0, 0, 11, 10), colour) +
          line('M-9 0Q-2 -9 5 -7M-8 3Q0 6 8 2', tone(colour, -0.35), 1.6, 'opacity=".8"') +
          fill(ellipse(-3, -4, 4.4, 2.8), tone(colour, 0.5), 'opacity=".7"'),
        x,
        y,
        between(random, -160, 160),
      ),
  },
  leaves: {
    count: 430,
    draw: (random, x, y, colour) => {
      const size = between(random, 14, 27);
      const curl = between(random, 3, 11);
      return turned(
        fill(
          `M${-size} 2Q0 ${num(-curl)} ${size} 0Q2 ${num(curl)} ${-size} 2Z`,
          '#1c0f08',
          'opacity=".35" transform="translate(2 4)"',
        ) +
          fill(
            `M${-size} 0Q${num(-size * 0.2)} ${num(-curl * 1.3)} ${size} 0Q${num(size * 0.1)} ${num(curl)} ${-size} 0Z`,
            colour,
          ) +
          line(`M${num(-size * 0.9)} 0Q0 ${num(-curl * 0.3)} ${num(size * 0.9)} 0`, tone(colour, -0.4), 1.2) +
          line(
            `M${num(-size * 0.6)} ${num(-curl * 0.36)}Q0 ${num(-curl * 0.8)} ${num(size * 0.6)} ${num(-curl * 0.2)}`,
            tone(colour, 0.4),
            1.3,
            'opacity=".7"',
          ),
        x,
        y,
        between(random, -90, 90),
      );
    },
  },
  threads: {
    count: 620,
    draw: (random, x, y, colour) => {
      const size = between(random, 16, 34);
      const bend = between(random, -14, 14);
      return turned(
        line(`M${num(-size)} 2Q0 ${num(bend + 2)} ${num(size)} 2`, '#1c0f08', 2.6, 'opacity=".35"') +
          line(`M${num(-size)} 0Q0 ${num(bend)} ${num(size)} 0`, colour, 2.6) +
          line(`M${num(size * 0.5)} ${num(bend * 0.35)}L${num(size + 5)} -2`, tone(colour, 0.12), 4) +
          line(
            `M${num(-size)} -.8Q0 ${num(bend - 0.8)} ${num(size * 0.8)} -.8`,
            tone(colour, 0.42),
            0.8,
            'opacity=".7"',
          ),
        x * 0.93,
        y,
        between(random, -90, 90),
      );
    },
  },
  crystals: {
    count: 1500,
    draw: (random, x, y, colour) => {
      const size = between(random, 4, 12);
      const corners = steps(0, Math.PI * 2, 6)
        .slice(0, -1)
        .map((angle) => polar([0, 0], size * between(random, 0.7, 1.1), angle));
      const facet = corners.slice(0, 3);
      return turned(
        fill(pathOf(corners.map(([a, b]): Point => [a + 1.5, b + 2.5])), '#6d5a48', 'opacity=".4"') +
          fill(pathOf(corners), colour) +
          fill(pathOf([...facet, [0, 0]]), tone(colour, -0.2), 'opacity=".6"') +
          line(pathOf([...corners.slice(3, 5), [0, 0]], false), '#ffffff', 1, 'opacity=".9"'),
        x,
        y,
        between(random, 0, 360),
      );
    },
  },
};

const turned = (content: string, x: number, y: number, degrees: number): string =>
  `<g transform="translate(${num(x)} ${num(y)}) rotate(${num(degrees)})">${content}</g>`;

const oval = (width: number, height: number, colour: string): string =>
  fill(ellipse(1.2, 1.8, width, height), '#1c0f08', 'opacity=".4"') +
  fill(ellipse(0, 0, width, height), colour) +
  fill(ellipse(-width * 0.25, -height * 0.35, width * 0.45, height * 0.28), tone(colour, 0.5), 'opacity=".55"');
