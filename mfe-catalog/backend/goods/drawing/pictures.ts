import type { Drawing } from './drawing.ts';
import { drawCloth } from './cloth.ts';
import { drawGlass } from './glass.ts';
import { drawKilim } from './kilim.ts';
import { drawLantern } from './lantern.ts';
import { lanternWall } from './lantern/light.ts';
import { drawMetal } from './metal.ts';
import { palette } from './palette.ts';
import { drawPlate } from './plate.ts';
import type { TurnedShape } from './pot/forms.ts';
import { drawPot } from './pot.ts';
import { createRandom, pick } from './random.ts';
import { flatShadow, table, wall } from './scene.ts';
import { drawSpice } from './spice.ts';
import { createSketch, documentOf, ellipse, place } from './svg.ts';
import { drawTiles } from './zellige.ts';

/** Side of a product picture in the units it is drawn in. */
export const pictureSize = 720;

/** The picture of a product as an SVG document; the same seed and drawing always give the same text. */
export const svgOf = (seed: string, drawing: Drawing): string => {
  const sketch = createSketch();
  const random = createRandom(seed);
  const colours = drawing.colours.map((name) => palette[name]);
  const size = pictureSize;
  const backdrop = pick(random, backdrops);
  const body = ((): string => {
    switch (drawing.motif) {
      case 'zellige':
        return (
          wall(sketch, size, size, backdrop) +
          place(drawTiles(sketch, random, drawing.shape, colours, { side: 580, width: 580, height: 580 }), 70, 66)
        );
      case 'kilim': {
        const turn = drawing.ratio > 2 ? 0 : (random() - 0.5) * 5;
        const height = drawing.ratio > 2 ? 610 : 580;
        return (
          wall(sketch, size, size, backdrop) +
          place(drawKilim(sketch, random, drawing.shape, colours, drawing.ratio, height), 360, 358, 1, turn)
        );
      }
      case 'pot': {
        if (drawing.shape === 'plate') {
          return (
            wall(sketch, size, size, backdrop) +
            place(
              flatShadow(sketch, ellipse(0, 0, 258, 258), 20) + drawPlate(sketch, random, drawing.decor, colours),
              360,
              354,
              1.08,
            )
          );
        }
        const [base, scale] = potPlaces[drawing.shape];
        return (
          table(sketch, size, size, 500, backdrop) +
          place(drawPot(sketch, random, drawing.shape, drawing.decor, colours), 360, base, scale)
        );
      }
      case 'glass':
        return (
          table(sketch, size, size, 500, backdrop) +
          place(
            drawGlass(sketch, random, drawing.shape, drawing.decor, colours),
            346,
            612,
            drawing.shape === 'tall' || drawing.shape === 'footed' ? 1.08 : 1.2,
          )
        );
      case 'lantern':
        return (
          lanternWall(sketch, random, size, drawing.shape, colours) +
          place(drawLantern(sketch, random, drawing.shape, colours), 360, 360)
        );
      case 'spice':
        return (
          table(sketch, size, size, 380, backdrop) +
          place(
            drawSpice(sketch, random, drawing.shape, drawing.heap, colours),
            360,
            drawing.heap === 'cone' ? 530 : 570,
            1.12,
          )
        );
      case 'cloth':
        return (
          table(sketch, size, size, 500, backdrop) +
          place(
            drawCloth(sketch, random, drawing.shape, drawing.weave, colours),
            360,
            drawing.shape === 'cushion' ? 606 : 575,
            1.14,
          )
        );
      case 'metal':
        return drawMetal(sketch, drawing.shape, colours, size, backdrop);
    }
  })();
  return documentOf(sketch, size, size, body);
};

// Lime washes that let every glaze stand out.
const backdrops = ['#e6d8c0', '#e2cfb8', '#d9cfbc', '#d3cfc0', '#e4d2bf', '#dccbb9', '#cfcdc4'];

// The height at which a pot stands in the picture, and how large.
const potPlaces: Record<TurnedShape, readonly [number, number]> = {
  bottle: [612, 1.16],
  amphora: [612, 1.14],
  moon: [608, 1.26],
  bowl: [560, 1.28],
  cup: [580, 1.34],
  tagine: [596, 1.2],
  jar: [608, 1.18],
  pitcher: [606, 1.18],
  beaker: [590, 1.4],
  tall: [632, 1.12],
  pedestal: [590, 1.28],
};
