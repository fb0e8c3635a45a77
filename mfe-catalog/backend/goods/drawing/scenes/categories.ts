import { drawCloth } from '../cloth.ts';
import { drawGlass } from '../glass.ts';
import { drawKilim } from '../kilim.ts';
import { drawLantern } from '../lantern.ts';
import { drawTray } from '../metal/tray.ts';
import { drawVessel } from '../metal/vessel.ts';
import { palette } from '../palette.ts';
import { drawPot } from '../pot.ts';
import { flatShadow, table, wall } from '../scene.ts';
import { drawSpice } from '../spice.ts';
import { ellipse, place } from '../svg.ts';
import { drawTiles } from '../zellige.ts';
import type { Painter, Scene } from './composition.ts';
import { colours, scene } from './composition.ts';
import { dusk } from './dusk.ts';

const category = (paint: Painter): Scene => scene(960, 480, paint);

/** The scenes of the categories by picture name. */
export const categoryScenes: Readonly<Record<string, Scene>> = {
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
};
