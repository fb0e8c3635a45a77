import type { Lathe } from '../lathe.ts';
import { tone } from '../palette.ts';
import { line, num } from '../svg.ts';
import type { TurnedShape } from './forms.ts';

/** What of the handles lies in a layer: nothing for pots without. */
export const handles = (shape: TurnedShape, body: Lathe, colour: string, layer: 'back' | 'front'): string => {
  const tube = (data: string, width: number): string =>
    line(data, tone(colour, -0.62), width + 2) +
    line(data, tone(colour, -0.22), width - 2) +
    line(data, tone(colour, 0.3), width * 0.24, 'opacity=".7" transform="translate(-3 -3)"');
  const h = body.height;
  if (shape === 'amphora' && layer === 'back') {
    return [-1, 1]
      .map((side) =>
        tube(
          `M${side * 58} ${num(-h * 0.92)}C${side * 160} ${num(-h * 0.99)} ${side * 178} ${num(-h * 0.76)} ${side * 118} ${num(-h * 0.68)}`,
          21,
        ),
      )
      .join('');
  }
  if (shape === 'pitcher' && layer === 'back')
    return tube(`M76 ${num(-h * 0.94)}C190 ${num(-h * 1)} 214 ${num(-h * 0.6)} 122 ${num(-h * 0.46)}`, 25);
  if (shape === 'cup' && layer === 'back')
    return tube(`M132 ${num(-h * 0.84)}C226 ${num(-h * 0.92)} 222 ${num(-h * 0.28)} 118 ${num(-h * 0.28)}`, 25);
  return '';
};
