import { drawLantern } from '../lantern.ts';
import { drawPlate } from '../plate.ts';
import { drawPot } from '../pot.ts';
import { flatShadow } from '../scene.ts';
import { drawSpice } from '../spice.ts';
import { ellipse, fill, line, place } from '../svg.ts';
import { drawTiles } from '../zellige.ts';
import type { Scene } from './composition.ts';
import { colours, scene } from './composition.ts';
import { dusk } from './dusk.ts';

/** The stall on the home page. */
export const hero: Scene = scene(1600, 700, (sketch, random, width, height) => {
  const shelf = 588;
  const frieze = 120;
  const plank = sketch.linear(
    [0, shelf],
    [0, shelf + 60],
    [
      [0, '#b98656'],
      [0.1, '#8a5f3c'],
      [0.4, '#74492c'],
      [1, '#4c301d'],
    ],
  );
  const hung = (content: string, x: number, y: number, scale: number): string =>
    `<g ${sketch.clip(`<path d="M0 ${frieze + 12}H${width}V${height}H0Z"/>`)}>${place(content, x, y, scale)}</g>`;
  return [
    dusk(sketch, random, width, height, [
      [566, 290],
      [1066, 290],
    ]),
    drawTiles(sketch, random, 'star-cross', colours('cobalt', 'bone'), { side: 240, width, height: frieze }, false),
    fill(`M0 0H${width}V${frieze}H0Z`, '#ffb765', 'opacity=".14"'),
    fill(
      `M0 ${frieze}H${width}V${frieze + 12}H0Z`,
      sketch.linear(
        [0, frieze],
        [0, frieze + 12],
        [
          [0, '#3f6f63'],
          [1, '#23423c'],
        ],
      ),
    ),
    fill(
      `M0 ${frieze + 12}H${width}V${frieze + 60}H0Z`,
      sketch.linear(
        [0, frieze + 12],
        [0, frieze + 60],
        [
          [0, '#1c0f08', 0.5],
          [1, '#1c0f08', 0],
        ],
      ),
    ),
    hung(drawLantern(sketch, random, 'globe', colours('brass', 'amber')), 566, 280, 0.56),
    hung(drawLantern(sketch, random, 'onion', colours('copper', 'honey')), 1066, 286, 0.54),
    fill(
      `M0 ${shelf - 32}H${width}V${shelf + 22}H0Z`,
      sketch.linear(
        [0, shelf - 32],
        [0, shelf + 22],
        [
          [0, '#7a5233'],
          [0.5, '#a87a4d'],
          [1, '#c4935f'],
        ],
      ),
    ),
    place(drawPot(sketch, random, 'amphora', 'bands', colours('terracotta', 'bone')), 140, shelf - 6, 0.74),
    place(
      flatShadow(sketch, ellipse(0, 0, 258, 258), 16) + drawPlate(sketch, random, 'star', colours('cobalt', 'chalk')),
      816,
      shelf - 136,
      0.49,
    ),
    place(drawPot(sketch, random, 'bottle', 'drip', colours('turquoise', 'bone')), 462, shelf - 4, 0.62),
    place(drawPot(sketch, random, 'jar', 'lattice', colours('cobalt', 'chalk')), 318, shelf + 4, 0.6),
    place(drawPot(sketch, random, 'moon', 'plain', colours('rose')), 1262, shelf - 4, 0.6),
    place(drawSpice(sketch, random, 'powder', 'cone', colours('paprika')), 632, shelf, 0.4),
    place(drawSpice(sketch, random, 'powder', 'cone', colours('turmeric')), 1036, shelf, 0.42),
    place(drawPot(sketch, random, 'tagine', 'drip', colours('honey', 'walnut')), 1450, shelf + 4, 0.66),
    fill(`M0 ${shelf + 22}H${width}V${shelf + 60}H0Z`, plank),
    line(`M0 ${shelf + 23}H${width}`, '#e0b07a', 2, 'opacity=".8"'),
    fill(
      `M0 ${shelf + 60}H${width}V${height}H0Z`,
      sketch.linear(
        [0, shelf + 60],
        [0, height],
        [
          [0, '#1f130c'],
          [0.4, '#38251a'],
          [1, '#4a3325'],
        ],
      ),
    ),
    ...[566, 1066].map((x) =>
      fill(
        `M0 0H${width}V${height}H0Z`,
        sketch.radial([x, 300], 560, [
          [0, '#ffc47a', 0.16],
          [1, '#ffc47a', 0],
        ]),
      ),
    ),
    fill(
      `M0 0H${width}V${height}H0Z`,
      sketch.radial([width / 2, 330], 1080, [
        [0, '#140a05', 0],
        [0.55, '#140a05', 0],
        [1, '#140a05', 0.4],
      ]),
    ),
  ].join('');
});

/** What the stall shows, for those who cannot see it. */
export const heroAlt =
  'A market stall at dusk: vases, a jar, a painted plate, heaps of spice and a tagine on a shelf under star tiles and two lit lanterns';
