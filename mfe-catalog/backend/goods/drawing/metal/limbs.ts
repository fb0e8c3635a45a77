import type { Lathe } from '../lathe.ts';
import { tone } from '../palette.ts';
import { ellipse, fill, line, num } from '../svg.ts';
import type { VesselShape } from './forms.ts';

/** Handles, spouts and the pestle, which lie behind the body. */
export const limbs: Partial<Record<VesselShape, (body: Lathe, metal: string, trim: string) => string[]>> = {
  teapot: ({ height: h }, metal, trim) => [
    tube(`M-84 ${num(-h * 0.54)}C-236 ${num(-h * 0.68)} -252 ${num(-h * 0.2)} -124 ${num(-h * 0.24)}`, trim, 19),
    fill(
      `M106 ${num(-h * 0.2)}C176 ${num(-h * 0.26)} 168 ${num(-h * 0.52)} 246 ${num(-h * 0.68)}L262 ${num(-h * 0.655)}C214 ${num(-h * 0.5)} 210 ${num(-h * 0.16)} 112 ${num(-h * 0.1)}Z`,
      tone(metal, -0.3),
      `stroke="${tone(metal, -0.7)}" stroke-width="2"`,
    ),
    line(
      `M124 ${num(-h * 0.19)}C186 ${num(-h * 0.26)} 186 ${num(-h * 0.5)} 246 ${num(-h * 0.655)}`,
      tone(metal, 0.6),
      6,
      'opacity=".8"',
    ),
  ],
  ewer: ({ height: h }, metal, trim) => [
    tube(`M-44 ${num(-h * 0.76)}C-190 ${num(-h * 0.78)} -196 ${num(-h * 0.3)} -96 ${num(-h * 0.26)}`, trim, 17),
    fill(
      `M92 ${num(-h * 0.28)}C180 ${num(-h * 0.3)} 128 ${num(-h * 0.62)} 190 ${num(-h * 0.76)}L206 ${num(-h * 0.745)}C160 ${num(-h * 0.6)} 214 ${num(-h * 0.24)} 96 ${num(-h * 0.2)}Z`,
      tone(metal, -0.3),
      `stroke="${tone(metal, -0.7)}" stroke-width="2"`,
    ),
    line(
      `M110 ${num(-h * 0.27)}C176 ${num(-h * 0.32)} 140 ${num(-h * 0.6)} 191 ${num(-h * 0.742)}`,
      tone(metal, 0.6),
      5,
      'opacity=".8"',
    ),
  ],
  cezve: ({ height: h }, _metal, trim) => [
    tube(`M90 ${num(-h * 0.84)}C180 ${num(-h * 0.9)} 240 ${num(-h * 1.06)} 330 ${num(-h * 1.2)}`, trim, 20),
  ],
  mortar: ({ height: h }, metal) => [
    tube(`M40 ${num(-h * 0.96)}L118 ${num(-h * 1.52)}`, metal, 30),
    fill(ellipse(121, -h * 1.55, 27, 25), tone(metal, -0.2)),
    fill(ellipse(112, -h * 1.58, 9, 8), tone(metal, 0.75)),
  ],
};

const tube = (data: string, metal: string, width: number): string =>
  line(data, tone(metal, -0.7), width) +
  line(data, tone(metal, -0.15), width * 0.78) +
  line(data, tone(metal, 0.72), width * 0.24, `transform="translate(${num(-width * 0.14)} ${num(-width * 0.16)})"`);
