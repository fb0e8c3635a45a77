import { drawCloth } from './cloth.ts';
import { drawGlass } from './glass.ts';
import { drawKilim } from './kilim.ts';
import { drawLantern } from './lantern.ts';
import { drawTray, drawVessel } from './metal.ts';
import type { Colour } from './palette.ts';
import { palette } from './palette.ts';
import { drawPlate } from './plate.ts';
import { drawPot } from './pot.ts';
import type { Random } from './random.ts';
import { between, createRandom } from './random.ts';
import { flatShadow, table, wall } from './scene.ts';
import { drawSpice } from './spice.ts';
import type { Sketch } from './svg.ts';
import { createSketch, documentOf, ellipse, fill, line, place } from './svg.ts';
import { drawTiles } from './zellige.ts';

/** A wide picture composed of several things. */
export type Scene = { readonly width: number; readonly height: number; readonly svg: (seed: string) => string };

type Painter = (sketch: Sketch, random: Random, width: number, height: number) => string;

const scene = (width: number, height: number, paint: Painter): Scene => ({
  width,
  height,
  svg: (seed) => {
    const sketch = createSketch();
    const body = paint(sketch, createRandom(seed), width, height);
    return documentOf(sketch, width, height, body);
  },
});

const colours = (...names: Colour[]): string[] => names.map((name) => palette[name]);

const category = (paint: Painter): Scene => scene(960, 480, paint);

/** The scenes by picture name: one for each category, and the stall for the home page. */
export const scenes: Readonly<Record<string, Scene>> = {
  'category-zellige': category((sketch, random, width, height) =>
    drawTiles(
      sketch,
      random,
      'rosette-8',
      colours('cobalt', 'bone', 'sea-green', 'honey'),
      { side: 620, width, height },
      false,
    ),
  ),
  'category-kilims': category((sketch, random, width, height) => {
    const rug = (x: number, turn: number, content: string): string => place(content, x, 262, 1, turn);
    return [
      wall(sketch, width, height, '#dccdb5'),
      rug(180, -2, drawKilim(sketch, random, 'elibelinde', colours('indigo', 'bone', 'madder', 'saffron'), 1.5, 470)),
      rug(500, 0.8, drawKilim(sketch, random, 'diamonds', colours('madder', 'bone', 'indigo', 'ochre'), 1.5, 500)),
      rug(812, 2.2, drawKilim(sketch, random, 'hooks', colours('sea-green', 'bone', 'oxblood', 'saffron'), 1.5, 470)),
    ].join('');
  }),
  'category-tea-glasses': category((sketch, random, width, height) =>
    [
      table(sketch, width, height, 320, '#e2d0b6'),
      place(drawGlass(sketch, random, 'tall', 'lattice', colours('turquoise', 'brass')), 130, 418, 0.74),
      place(drawGlass(sketch, random, 'beldi', 'arches', colours('emerald', 'brass')), 300, 432, 0.78),
      place(drawGlass(sketch, random, 'waisted', 'leaves', colours('ruby', 'brass')), 478, 422, 0.78),
      place(drawGlass(sketch, random, 'beldi', 'stars', colours('cobalt', 'brass')), 648, 434, 0.78),
      place(drawGlass(sketch, random, 'tall', 'leaves', colours('amber', 'brass')), 816, 420, 0.74),
    ].join(''),
  ),
  'category-lanterns': category((sketch, random, width, height) =>
    [
      dusk(sketch, random, width, height, [
        [150, 210],
        [390, 250],
        [632, 190],
        [830, 250],
      ]),
      place(drawLantern(sketch, random, 'onion', colours('brass', 'honey')), 150, 190, 0.66),
      place(drawLantern(sketch, random, 'hexagonal', colours('amber', 'black-iron')), 386, 262, 0.72),
      place(drawLantern(sketch, random, 'globe', colours('copper', 'persimmon')), 630, 180, 0.72),
      place(drawLantern(sketch, random, 'dome', colours('silver', 'amber')), 832, 268, 0.7),
    ].join(''),
  ),
  'category-ceramics': category((sketch, random, width, height) =>
    [
      table(sketch, width, height, 330, '#dfd2bd'),
      place(drawPot(sketch, random, 'bottle', 'drip', colours('turquoise', 'bone')), 140, 408, 0.7),
      place(drawPot(sketch, random, 'amphora', 'bands', colours('terracotta', 'bone')), 812, 408, 0.7),
      place(drawPot(sketch, random, 'jar', 'lattice', colours('cobalt', 'chalk')), 306, 420, 0.68),
      place(drawPot(sketch, random, 'tagine', 'drip', colours('honey', 'walnut')), 470, 432, 0.66),
      place(drawPot(sketch, random, 'bowl', 'bands', colours('indigo', 'bone')), 656, 434, 0.56),
    ].join(''),
  ),
  'category-spices': category((sketch, random, width, height) =>
    [
      table(sketch, width, height, 210, '#e0cfb6'),
      place(drawSpice(sketch, random, 'powder', 'cone', colours('turmeric')), 140, 372, 0.6),
      place(drawSpice(sketch, random, 'powder', 'cone', colours('sumac')), 820, 372, 0.6),
      place(drawSpice(sketch, random, 'powder', 'cone', colours('cumin')), 610, 392, 0.66),
      place(drawSpice(sketch, random, 'powder', 'cone', colours('paprika')), 366, 404, 0.72),
    ].join(''),
  ),
  'category-textiles': category((sketch, random, width, height) =>
    [
      table(sketch, width, height, 330, '#ded0bb'),
      place(
        drawCloth(sketch, random, 'cushion', 'hooks', colours('sea-green', 'ivory', 'oxblood', 'saffron')),
        200,
        424,
        0.78,
        -3,
      ),
      place(
        drawCloth(sketch, random, 'cushion', 'diamonds', colours('madder', 'bone', 'indigo', 'ochre')),
        770,
        424,
        0.78,
        3,
      ),
      place(
        drawCloth(sketch, random, 'cushion', 'stars', colours('indigo', 'ivory', 'saffron', 'rose')),
        486,
        440,
        0.82,
        0,
      ),
    ].join(''),
  ),
  'category-metalwork': category((sketch, _random, width, height) =>
    [
      table(sketch, width, height, 330, '#dccab0'),
      place(flatShadow(sketch, ellipse(0, 0, 262, 262), 16) + drawTray(sketch, palette.brass), 214, 232, 0.68),
      place(drawVessel(sketch, 'ewer', colours('brass')), 836, 406, 0.66),
      place(drawVessel(sketch, 'box', colours('copper', 'brass')), 648, 424, 0.62),
      place(drawVessel(sketch, 'teapot', colours('silver')), 452, 436, 0.72),
    ].join(''),
  ),
  hero: scene(1600, 700, (sketch, random, width, height) => {
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
  }),
};

/** What the scenes that are no category show, for those who cannot see it. */
export const heroAlt =
  'A market stall at dusk: vases, a jar, a painted plate, heaps of spice and a tagine on a shelf under star tiles and two lit lanterns';

// A plaster wall at dusk, lit by lamps at the given places.
const dusk = (
  sketch: Sketch,
  random: Random,
  width: number,
  height: number,
  lamps: readonly (readonly [number, number])[],
): string =>
  [
    fill(`M0 0H${width}V${height}H0Z`, '#4a3426'),
    ...lamps.map(([x, y]) =>
      fill(
        `M0 0H${width}V${height}H0Z`,
        sketch.radial([x, y], Math.max(height * 0.95, width * 0.36), [
          [0, '#e9aa62', 0.85],
          [0.3, '#c58747', 0.55],
          [0.7, '#7d5232', 0.16],
          [1, '#4a3426', 0],
        ]),
      ),
    ),
    `<g ${sketch.blur(2.6)}>`,
    ...lamps.flatMap(([x, y]) =>
      Array.from({ length: 60 }, () => {
        const angle = between(random, 0, Math.PI * 2);
        const distance = between(random, height * 0.25, height * 0.62);
        const [px, py] = [x + distance * Math.cos(angle), y + distance * Math.sin(angle)];
        return fill(
          ellipse(px, py, 3.4, 6),
          '#ffd596',
          `opacity="${(0.3 - distance / height / 2.4).toFixed(2)}" transform="rotate(${Math.round((angle * 180) / Math.PI + 90)} ${Math.round(px)} ${Math.round(py)})"`,
        );
      }),
    ),
    '</g>',
  ].join('');
