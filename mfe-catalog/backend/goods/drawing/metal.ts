import type { MetalShape } from './drawing.ts';
import type { VesselShape } from './metal/forms.ts';
import { drawTray } from './metal/tray.ts';
import { drawVessel } from './metal/vessel.ts';
import { flatShadow, table, wall } from './scene.ts';
import type { Sketch } from './svg.ts';
import { ellipse, num, place } from './svg.ts';

/** A whole square picture of a metal vessel: trays from above, the others standing on a table. */
export const drawMetal = (
  sketch: Sketch,
  shape: MetalShape,
  colours: readonly string[],
  size: number,
  backdrop: string,
): string => {
  if (shape === 'tray' || shape === 'oval-tray') {
    const squash = shape === 'tray' ? 1 : 0.72;
    return (
      wall(sketch, size, size, backdrop) +
      place(
        `<g transform="scale(1.06 ${num(1.06 * squash)})">${flatShadow(sketch, ellipse(0, 0, 262, 262), 18)}${drawTray(sketch, colours[0] ?? '#c0923f')}</g>`,
        360,
        354,
      )
    );
  }
  const [x, y, scale] = standing[shape];
  return table(sketch, size, size, 500, backdrop) + place(drawVessel(sketch, shape, colours), x, y, scale);
};

// Where the foot stands in the picture, and how large.
const standing: Record<VesselShape, readonly [number, number, number]> = {
  teapot: [362, 606, 1.2],
  mortar: [336, 596, 1.14],
  box: [360, 600, 1.28],
  cezve: [262, 580, 1.18],
  burner: [360, 612, 1.24],
  ewer: [362, 628, 1.14],
};
